/** What stands behind `!env NAME`, `!file PATH` and `!credential NAME`. */
import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { type Secret, secret } from '../../lib/secret.ts';
import { decodeText } from './decode.ts';
import { readableByAll, readFailure } from './failure.ts';

export interface SecretPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `$CREDENTIALS_DIRECTORY` of systemd. */
  readonly credentialsDirectory?: string | undefined;
}

export interface FoundSecret {
  readonly secret?: Secret;
  /** Why there is none. */
  readonly problem?: string;
  /** The file that was read or should have been. */
  readonly file?: string;
  /** Other users of the machine can read it. */
  readonly exposed?: boolean;
}

const largestSecret = 64 * 1024;

/** Reads one secret; `folder` is that of the file which names it. Never rejects. */
export async function findSecret(tag: string, text: string, folder: string, places: SecretPlaces): Promise<FoundSecret> {
  const name = text.trim();
  if (name === '')
    return {
      problem: `${tag} needs a ${tag === '!file' ? 'path' : 'name'}, such as ${tag} ${tagWords[tag]?.example ?? 'NAME'}`,
    };
  if (tag === '!env') return fromEnvironment(name, places);
  if (tag === '!file') return fromFile(resolve(folder, name), tag, folder, name);
  return fromCredential(name, places);
}

/** Every tag with an example of what stands behind it, and where the secret is then. */
export const tagWords: Readonly<Record<string, { readonly example: string; readonly about: string }>> = {
  '!file': { example: 'smtp.password', about: 'in a file of its own; the path is relative to the file that names it' },
  '!env': { example: 'SMTP_PASSWORD', about: 'in an environment variable' },
  '!credential': { example: 'smtp', about: 'in a credential of systemd (`LoadCredential=` in the unit)' },
};

function fromEnvironment(name: string, places: SecretPlaces): FoundSecret {
  const value = Object.hasOwn(places.env, name) ? places.env[name] : undefined;
  if (value === undefined) return { problem: `the environment variable ${name} is not set` };
  return value === '' ? { problem: `the environment variable ${name} is empty` } : { secret: secret(value) };
}

async function fromCredential(name: string, places: SecretPlaces): Promise<FoundSecret> {
  const folder = places.credentialsDirectory;
  if (!folder) {
    return {
      problem: `!credential needs systemd ($CREDENTIALS_DIRECTORY is not set); put LoadCredential=${name}:/path in the unit`,
    };
  }
  if (name.includes('/') || name === '..') return { problem: `"${name}" is not the name of a credential` };
  return { ...(await fromFile(join(folder, name), '!credential', folder, name)), exposed: false };
}

async function fromFile(path: string, tag: string, folder: string, name: string): Promise<FoundSecret> {
  const shown = isAbsolute(name) ? path : join(folder, name);
  try {
    const stats = await stat(path);
    if (!stats.isFile()) return { file: path, problem: `${tag}: ${shown} is not a regular file` };
    if (stats.size > largestSecret) return { file: path, problem: `${tag}: ${shown} is larger than 64 KiB` };
    const decoded = decodeText(await readFile(path));
    if (!decoded.ok) return { file: path, problem: `${tag}: ${shown}: ${decoded.message}` };
    const value = decoded.text.replace(/[\r\n]+$/, '');
    if (value === '') return { file: path, problem: `${tag}: ${shown} is empty` };
    return { file: path, secret: secret(value), exposed: readableByAll(stats) };
  } catch (error) {
    return { file: path, problem: `${tag}: cannot read ${shown}: ${readFailure(error)}` };
  }
}
