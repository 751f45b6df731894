/** Certificates for TLS tests, made with openssl in a folder that goes away with the block. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface KeyPair {
  readonly key: string;
  /** PEM text; of an intermediate authority's certificates with that one's own behind it. */
  readonly cert: string;
}

/** What is unusual about a certificate. */
export interface Details {
  /** As `openssl req -newkey` takes it, such as `rsa:1024`; default a key on P-256. */
  readonly key?: string;
  readonly digest?: string;
}

export interface Issuer {
  /** A certificate of this authority for `names` (`DNS:localhost,IP:127.0.0.1`), valid between two days (`20200101000000Z`). */
  issue(names: string, from?: string, to?: string, details?: Details): KeyPair;
}

export interface Intermediate extends Issuer {
  /** Its own certificate alone. */
  readonly pem: string;
}

export interface Authority extends Issuer, Disposable {
  readonly folder: string;
  /** PEM text, and a file that holds it. */
  readonly ca: string;
  readonly caFile: string;
  /** An authority below this one. */
  intermediate(name: string, from?: string, to?: string): Intermediate;
  /** A self-signed one. */
  selfSigned(names: string, from?: string, to?: string): KeyPair;
}

export const distantPast = '20200101000000Z';
const distantFuture = '20990101000000Z';

/** A time as openssl takes it, so many days from now. */
export function daysFromNow(days: number): string {
  const time = new Date(Date.now() + days * 86_400_000).toISOString();
  return `${time.slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
}

const onP256 = ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];

/** Makes an own certification authority, whose root lasts for so many days. */
export function certificationAuthority(days = 30_000, called = 'Office CA'): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  openssl(
    'req',
    '-x509',
    '-newkey',
    ...onP256,
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    `/CN=${called}`,
    '-days',
    String(days),
  );
  writeFileSync(join(folder, 'index.txt'), '');
  let count = 0;

  /** A new key and a request for it. */
  function request(subject: string, extension: string, key: readonly string[]): string {
    const name = `made-${++count}`;
    const out = ['-nodes', '-utf8', '-keyout', `${name}.key`, '-out', `${name}.csr`];
    openssl('req', '-newkey', ...key, ...out, '-subj', `/CN=${subject.replaceAll('/', '\\/')}`, '-addext', extension);
    return name;
  }

  /** Signs with `openssl ca`, the one command of OpenSSL 3.0 that takes both ends of the validity. */
  function sign(name: string, signer: string, from: string, to: string, digest = 'sha256', more: readonly string[] = []): void {
    writeFileSync(join(folder, `${signer}.cnf`), configOf(signer));
    const files = ['-in', `${name}.csr`, '-out', `${name}.pem`];
    openssl(
      'ca',
      '-batch',
      '-notext',
      '-config',
      `${signer}.cnf`,
      '-md',
      digest,
      ...files,
      '-startdate',
      from,
      '-enddate',
      to,
      ...more,
    );
  }

  const issuer = (signer: string, behind: string): Issuer => ({
    issue: (names, from = distantPast, to = distantFuture, { key, digest } = {}) => {
      const name = request('server', `subjectAltName=${names}`, key === undefined ? onP256 : [key]);
      sign(name, signer, from, to, digest);
      return { key: read(`${name}.key`), cert: read(`${name}.pem`) + behind };
    },
  });

  return {
    folder,
    ca: read('ca.pem'),
    caFile: join(folder, 'ca.pem'),
    ...issuer('ca', ''),
    intermediate: (subject, from = distantPast, to = distantFuture) => {
      const name = request(subject, 'basicConstraints=critical,CA:TRUE', onP256);
      sign(name, 'ca', from, to);
      return { pem: read(`${name}.pem`), ...issuer(name, read(`${name}.pem`)) };
    },
    selfSigned: (names, from = distantPast, to = distantFuture) => {
      const name = request('server', `subjectAltName=${names}`, onP256);
      sign(name, name, from, to, 'sha256', ['-selfsign', '-keyfile', `${name}.key`]);
      return { key: read(`${name}.key`), cert: read(`${name}.pem`) };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

function configOf(signer: string): string {
  return `[ca]
default_ca=own
[own]
database=index.txt
serial=serial
new_certs_dir=.
certificate=${signer}.pem
private_key=${signer}.key
policy=any
copy_extensions=copy
unique_subject=no
rand_serial=yes
[any]
commonName=supplied
`;
}
