/** Certificates for TLS tests, made with openssl in a folder that goes away with the block. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

export interface Authority extends Disposable {
  readonly folder: string;
  /** PEM text, and a file that holds it. */
  readonly ca: string;
  readonly caFile: string;
  /** A certificate of this authority for `names` (`DNS:localhost,IP:127.0.0.1`), valid between two days. */
  issue(names: string, from?: string, to?: string): KeyPair;
  /** A self-signed one. */
  selfSigned(names: string): KeyPair;
}

const distantPast = '20200101000000Z';
const distantFuture = '20990101000000Z';

/** Makes an own certification authority. */
export function certificationAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Office CA', '-days', '30');
  let count = 0;
  const pair = (name: string): KeyPair => ({
    key: readFileSync(join(folder, `${name}.key`), 'utf8'),
    cert: readFileSync(join(folder, `${name}.pem`), 'utf8'),
  });
  return {
    folder,
    ca: readFileSync(join(folder, 'ca.pem'), 'utf8'),
    caFile: join(folder, 'ca.pem'),
    issue: (names, from = distantPast, to = distantFuture) => {
      const name = `issued-${++count}`;
      const extension = ['-addext', `subjectAltName=${names}`];
      openssl('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', '/CN=server', ...extension);
      sign(openssl, folder, name, from, to);
      return pair(name);
    },
    selfSigned: (names) => {
      const name = `self-${++count}`;
      const extension = ['-addext', `subjectAltName=${names}`];
      openssl(
        'req',
        '-x509',
        ...newKey,
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.pem`,
        '-subj',
        '/CN=server',
        '-days',
        '30',
        ...extension,
      );
      return pair(name);
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

/** Signs with `openssl ca`, the one command of OpenSSL 3.0 that takes both ends of the validity. */
function sign(openssl: (...args: readonly string[]) => Buffer, folder: string, name: string, from: string, to: string): void {
  const config = [
    '[ca]\ndefault_ca=own\n[own]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ncertificate=ca.pem\nprivate_key=ca.key',
    'default_md=sha256\npolicy=any\ncopy_extensions=copy\nunique_subject=no\nrand_serial=yes\n[any]\ncommonName=supplied\n',
  ];
  execFileSync('sh', ['-c', ': >> index.txt; printf %s "$1" > ca.cnf', 'sh', config.join('\n')], { cwd: folder });
  openssl(
    'ca',
    '-batch',
    '-notext',
    '-config',
    'ca.cnf',
    '-in',
    `${name}.csr`,
    '-out',
    `${name}.pem`,
    '-startdate',
    from,
    '-enddate',
    to,
  );
}
