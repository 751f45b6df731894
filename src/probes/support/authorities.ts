/** The file behind an option `ca`. */
import { z } from 'zod';
import { type Failure, failed } from '../../net/failure.ts';
import { readCertificates } from '../../net/pem.ts';
import { readSmallFile, type SmallFile } from './small-file.ts';

/** `ca` is PEM text with at least one certificate, each of which OpenSSL reads; absent where none is configured. */
export type Authorities = { readonly ok: true; readonly ca?: string } | Failure;

/** The option: an absolute path, since what a relative one means would depend on where the daemon was started. */
export const authoritiesFile = z.string().regex(/^\//, 'expected an absolute path such as /etc/incidentd/office-ca.pem');

const sizeLimit = 1_048_576;

/**
 * Reads the authorities that alone are to be trusted. A file without any, or one that OpenSSL does not read to its end, would
 * make good certificates look bad, so it is a failure of our own (`local`), as is one that cannot be opened.
 */
export async function readAuthorities(path: string | undefined, signal: AbortSignal): Promise<Authorities> {
  if (path === undefined) return { ok: true };
  const file = await readSmallFile(path, sizeLimit, signal);
  if (file.how !== 'read') return failed('local', `the CA file ${path} cannot be read (${whyNot(file)})`);
  const ca = file.bytes.toString('latin1');
  const { certificates, complaint } = readCertificates(ca);
  if (complaint !== null) return failed('local', `the CA file ${path} ${complaint}; mend or remove it there`);
  if (certificates.length === 0) return failed('local', `the CA file ${path} holds no certificate in PEM form`);
  return { ok: true, ca };
}

function whyNot(file: Exclude<SmallFile, { readonly how: 'read' }>): string {
  switch (file.how) {
    case 'refused':
      return file.code;
    case 'no-file':
      return 'it is not a file';
    case 'too-large':
      return 'it is larger than 1 MiB';
    case 'silent':
      return 'its file system does not answer';
    case 'not-asked':
      return 'there was no time';
  }
}
