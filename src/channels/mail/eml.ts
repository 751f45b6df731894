import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** So many files are kept; older ones go. */
const keptFiles = 1000;

/**
 * Writes a mail as `<time>-<key>.eml` into `folder` (0700, made where missing) and gives its path. The file (0600) is
 * whole or not there, also after a crash. A mail written twice is the same file. Throws what the file system says.
 */
export async function writeEml(folder: string, key: string, at: number, mail: Buffer): Promise<string> {
  const name = `${timeName(at)}-${key.replace(/[^A-Za-z0-9._-]+/g, '_').slice(0, 180)}.eml`;
  const path = join(folder, name);
  const temporary = join(folder, `.${name}.${process.pid}.tmp`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await writeSynced(temporary, mail);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await removeOldest(folder);
  return path;
}

/** `20260512T120500Z`: sorts by time. */
function timeName(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
}

async function writeSynced(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function removeOldest(folder: string): Promise<void> {
  const mails = (await readdir(folder)).filter((name) => /^\d{8}T\d{6}Z-.*\.eml$/.test(name)).sort();
  for (const name of mails.slice(0, -keptFiles)) await rm(join(folder, name), { force: true });
}
