import { readFile, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { privateFile } from './folder.ts';

const fileName = 'configuration.path';

/**
 * Notes in the state folder which configuration it belongs to, an absolute path: for whoever reads the folder later. Never
 * rejects: a full disk must not keep the daemon from starting.
 */
export async function noteOrigin(folder: string, configuration: string): Promise<void> {
  if ((await readOrigin(folder)) === configuration) return;
  await writeFile(join(folder, fileName), `${configuration}\n`, { mode: privateFile }).catch(() => {});
}

/** The configuration that the folder belongs to; null where that is not known. */
export async function readOrigin(folder: string): Promise<string | null> {
  const text = await readFile(join(folder, fileName), 'utf8').catch(() => '');
  return text.endsWith('\n') && isAbsolute(text) ? text.slice(0, -1) : null;
}
