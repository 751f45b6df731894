/** Programs that the configuration names: whether this user can run them. */
import { constants } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export type ProgramSight =
  | { readonly saw: 'program'; readonly path: string }
  | { readonly saw: 'missing' }
  /** This user may not run it; `isOutOfSight`: nor look whether it is there. */
  | { readonly saw: 'forbidden'; readonly path: string; readonly isOutOfSight: boolean }
  | { readonly saw: 'no-file'; readonly path: string }
  /** A script whose first line names a program that is not there. */
  | { readonly saw: 'no-interpreter'; readonly path: string; readonly interpreter: string };

const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Looks where the system would: a name without a slash along `path`, any other from the root, where programs are started. */
export async function lookForProgram(name: string, path: string | undefined): Promise<ProgramSight> {
  if (name.includes('/')) return await lookAt(join('/', name));
  let refused: ProgramSight = { saw: 'missing' };
  for (const folder of (path ?? usualPath).split(':')) {
    const seen = await lookAt(join(folder || '/', name));
    if (seen.saw === 'program' || seen.saw === 'no-interpreter') return seen;
    if (seen.saw === 'forbidden' && !seen.isOutOfSight) refused = seen;
  }
  return refused;
}

async function lookAt(path: string): Promise<ProgramSight> {
  try {
    if (!(await stat(path)).isFile()) return { saw: 'no-file', path };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? { saw: 'missing' } : { saw: 'forbidden', path, isOutOfSight: true };
  }
  if (!(await isRunnable(path))) return { saw: 'forbidden', path, isOutOfSight: false };
  const interpreter = await interpreterOf(path);
  const isThere = interpreter === null || (await stat(interpreter).catch(() => null)) !== null;
  return isThere ? { saw: 'program', path } : { saw: 'no-interpreter', path, interpreter };
}

function isRunnable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** What `#!` in the first line names (execve(2)); null for a binary, or one that cannot be read. */
async function interpreterOf(path: string): Promise<string | null> {
  try {
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0);
    return /^#![ \t]*(\S+)/.exec(buffer.subarray(0, bytesRead).toString('latin1'))?.[1] ?? null;
  } catch {
    return null;
  }
}

const pluginFolder = '/usr/lib/nagios/plugins';

/** Plugins of Debian's two packages; the second one has more dependencies. */
const plugins = {
  'monitoring-plugins-basic':
    /^check_(apt|by_ssh|clamd|cluster|dhcp|disk|dummy|file_age|ftp|host|https?|icmp|ide_smart|imap|ircd|jabber|load|log|mrtg|mrtgtraf|nagios|nntps?|nt|ntp|ntp_peer|ntp_time|nwstat|overcr|ping|pop|procs|real|rta_multi|sensors|simap|smtp|spop|ssh|ssmtp|swap|tcp|time|udp|ups|users)$/,
  'monitoring-plugins-standard':
    /^check_(breeze|dbi|dig|disk_smb|dns|flexlm|fping|game|hpjd|ifoperstatus|ifstatus|ldaps?|mailq|mysql(_query)?|oracle|pgsql|radius|rpc|snmp|wave)$/,
} as const;

const packages: Readonly<Record<string, string>> = {
  bash: 'bash',
  chronyc: 'chrony',
  curl: 'curl',
  dig: 'bind9-dnsutils',
  host: 'bind9-host',
  ip: 'iproute2',
  jq: 'jq',
  nc: 'netcat-openbsd',
  nmap: 'nmap',
  openssl: 'openssl',
  perl: 'perl',
  ping: 'iputils-ping',
  python3: 'python3',
  rsync: 'rsync',
  smbclient: 'smbclient',
  snmpget: 'snmp',
  ssh: 'openssh-client',
  sudo: 'sudo',
  wakeonlan: 'wakeonlan',
  wget: 'wget',
};

/** The package of Debian that brings a program; null where that is not known. */
export function packageOf(program: string): string | null {
  const name = basename(program);
  if (program.includes('/') && dirname(program) !== pluginFolder && !/^\/(usr\/)?s?bin$/.test(dirname(program))) return null;
  const plugin = Object.entries(plugins).find(([, names]) => names.test(name));
  if (plugin !== undefined) return plugin[0];
  return Object.hasOwn(packages, name) ? (packages[name] ?? null) : null;
}

/** Another place where a program of that name can be run; null where there is none. */
export async function elsewhere(program: string, path: string | undefined): Promise<string | null> {
  const name = basename(program);
  for (const candidate of [name, join(pluginFolder, name)]) {
    const seen = await lookForProgram(candidate, path);
    if (seen.saw === 'program' && seen.path !== program) return seen.path;
  }
  return null;
}
