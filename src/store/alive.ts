import { type FileHandle, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './errors.ts';
import { privateFile } from './folder.ts';

const width = 15;

/**
 * Notes that the daemon lived at `wall` (epoch ms). Overwritten in place with a text of one length, so that a kill leaves
 * the old sign or the new one and a full disk does not matter; not synced: after a power cut it may be some seconds old.
 */
export async function touchAlive(folder: string, wall: number): Promise<void> {
  await using handle = await openToOverwrite(join(folder, 'alive'));
  await handle.write(`${Math.floor(wall)}`.padEnd(width).concat('\n'), 0);
}

/** The last sign of life, epoch ms; null where there is none that can be read. */
export async function readAlive(folder: string): Promise<number | null> {
  const text = await readFile(join(folder, 'alive'), 'utf8').catch(() => '');
  const match = /^(\d{1,15}) *\n$/.exec(text);
  return match === null ? null : Number(match[1]);
}

async function openToOverwrite(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    return await open(path, 'w', privateFile);
  }
}
