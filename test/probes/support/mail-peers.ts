/** Dovecot and Postfix as a test starts them: in a folder of their own, on loopback, with one mailbox. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import type { KeyPair } from '../../net/support/certificates.ts';
import { describeWith, freePort, listens, peerFolder, startPeer } from '../../net/support/peers.ts';

const dovecotProgram = '/usr/sbin/dovecot';
/** Postfix's own supervisor: `postfix start-fg` first looks over everything, which takes longer than the tests. */
const postfixProgram = '/usr/lib/postfix/sbin/master';

/** Mailboxes and their passwords: one that has to be quoted, and one that no quoted string of IMAP can hold. */
export const mailboxes = { 'anna@office.example': 'pass "w\\rd" {7}', 'jörg@office.example': 'geheim "ß\\' } as const;

/** `describe` where Dovecot is installed. */
export function describeWithDovecot(title: string, body: () => void): void {
  describeWith(dovecotProgram, 'dovecot-imapd dovecot-pop3d', title, body);
}

/** `describe` where Postfix is installed and can be started, and Dovecot, which it asks about logins. */
export function describeWithPostfix(title: string, body: () => void): void {
  if (process.getuid?.() !== 0) describe.skip(`${title} (skipped: Postfix is started by root only)`, body);
  else describeWithDovecot(title, () => describeWith(postfixProgram, 'postfix', 'asking Dovecot about logins', body));
}

export interface Dovecot extends AsyncDisposable {
  readonly imap: number;
  readonly imaps: number;
  readonly pop3: number;
  readonly pop3s: number;
  /** Where Postfix asks whether a login is right. */
  readonly auth: number;
}

/** Starts a Dovecot whose certificate is `pair`. */
export async function startDovecot(pair: KeyPair): Promise<Dovecot> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(peerFolder());
  const [imap, imaps, pop3, pop3s, auth] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  writePair(folder.path, pair);
  mkdirSync(join(folder.path, 'mail'));
  chmodSync(join(folder.path, 'mail'), 0o777);
  const users = Object.entries(mailboxes).map(([name, password]) => `${name}:{PLAIN}${password}\n`);
  writeFileSync(join(folder.path, 'users'), users.join(''));
  const ports = { imap, imaps, pop3, pop3s, auth };
  writeFileSync(join(folder.path, 'dovecot.conf'), dovecotConfiguration(folder.path, ports));
  stack.use(await startPeer([dovecotProgram, '-F', '-c', join(folder.path, 'dovecot.conf')], () => listens(pop3s)));
  const all = stack.move();
  return {
    ...ports,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

function dovecotConfiguration(folder: string, ports: Omit<Dovecot, typeof Symbol.asyncDispose>): string {
  const isRoot = process.getuid?.() === 0;
  const [own, group] = [userInfo().username, execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim()];
  const users = isRoot ? '' : `default_internal_user = ${own}\ndefault_login_user = ${own}\ndefault_internal_group = ${group}\n`;
  const listener = (name: string, port: number, ssl: boolean) =>
    `inet_listener ${name} {\n address = 127.0.0.1\n port = ${port}\n ssl = ${ssl ? 'yes' : 'no'}\n }`;
  return `${users}protocols = imap pop3
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = /dev/stderr
listen = 127.0.0.1
ssl = yes
ssl_cert = <${folder}/server.pem
ssl_key = <${folder}/server.key
auth_mechanisms = plain login
auth_username_chars =
auth_failure_delay = 0
mail_location = maildir:${folder}/mail/%u
login_greeting = Office ready.
service anvil {
 chroot =
}
service stats {
 chroot =
}
service imap-login {
 chroot =
 ${listener('imap', ports.imap, false)}
 ${listener('imaps', ports.imaps, true)}
}
service pop3-login {
 chroot =
 ${listener('pop3', ports.pop3, false)}
 ${listener('pop3s', ports.pop3s, true)}
}
service auth {
 inet_listener {
 address = 127.0.0.1
 port = ${ports.auth}
 }
}
passdb {
 driver = passwd-file
 args = scheme=PLAIN username_format=%u ${folder}/users
}
userdb {
 driver = static
 args = uid=${isRoot ? 'nobody' : own} gid=${isRoot ? 'nogroup' : group} home=${folder}/mail
}
first_valid_uid = 1
first_valid_gid = 1
`;
}

export interface Postfix extends AsyncDisposable {
  readonly smtp: number;
  readonly smtps: number;
  /** Without TLS, as it is where no certificate is configured. */
  readonly plain: number;
  /** What it has written to its log so far. */
  log(): string;
}

/** Starts a Postfix whose certificate is `pair` and that asks a Dovecot about logins. Needs root, as Postfix does. */
export async function startPostfix(pair: KeyPair, auth: number): Promise<Postfix> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(peerFolder());
  const [smtp, smtps, plain] = [await freePort(), await freePort(), await freePort()];
  writePair(folder.path, pair);
  makeQueue(folder.path);
  writeFileSync(join(folder.path, 'main.cf'), postfixConfiguration(folder.path, auth));
  const service = (port: number, options: string) => `127.0.0.1:${port} inet n - n - - smtpd ${options}\n`;
  const services = [
    service(smtp, ''),
    service(smtps, '-o smtpd_tls_wrappermode=yes'),
    service(plain, '-o smtpd_tls_security_level=none'),
    'rewrite unix - - n - - trivial-rewrite\n',
    'anvil unix - - n - 1 anvil\n',
    'tlsmgr unix - - n 1000? 1 tlsmgr\n',
    'postlog unix-dgram n - n - 1 postlogd\n',
  ];
  writeFileSync(join(folder.path, 'master.cf'), services.join(''));
  stack.use(await startPeer([postfixProgram, '-d', '-c', folder.path], () => listens(plain)));
  const all = stack.move();
  return {
    smtp,
    smtps,
    plain,
    log: () => readFileSync(join(folder.path, 'log'), 'utf8'),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** The folders that Postfix wants, with its own user as the owner of what it writes to. */
function makeQueue(folder: string): void {
  const id = (option: '-u' | '-g') => Number(execFileSync('id', [option, 'postfix'], { encoding: 'utf8' }));
  const [uid, gid] = [id('-u'), id('-g')];
  mkdirSync(join(folder, 'queue', 'pid'), { recursive: true });
  for (const name of ['data', 'queue/private', 'queue/public']) {
    mkdirSync(join(folder, name));
    chownSync(join(folder, name), uid, gid);
  }
}

function postfixConfiguration(folder: string, auth: number): string {
  return `compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
maillog_file_prefixes = ${folder}
maillog_file = ${folder}/log
myhostname = mail.office.example
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.1
local_recipient_maps =
smtpd_tls_security_level = may
smtpd_tls_cert_file = ${folder}/server.pem
smtpd_tls_key_file = ${folder}/server.key
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:${auth}
`;
}

function writePair(folder: string, { key, cert }: KeyPair): void {
  writeFileSync(join(folder, 'server.pem'), cert);
  writeFileSync(join(folder, 'server.key'), key, { mode: 0o600 });
}
