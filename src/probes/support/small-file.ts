/** Reading a file that may be missing, huge, a pipe, or on a mount that hangs. */
import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { errorCode } from '../../net/failure.ts';
import { askFileSystem } from './file-system.ts';

export type SmallFile =
  | { readonly how: 'read'; readonly bytes: Buffer }
  | { readonly how: 'refused'; readonly code: string }
  /** A folder, a pipe, a device. */
  | { readonly how: 'no-file' }
  | { readonly how: 'too-large' }
  | { readonly how: 'silent' }
  /** Not asked before the deadline, because other file systems hang. */
  | { readonly how: 'not-asked' };

/** The whole of a file of at most `limit` bytes; settles at the latest when `signal` aborts. */
export async function readSmallFile(path: string, limit: number, signal: AbortSignal): Promise<SmallFile> {
  // A mount that hangs is found here, where it costs one thread however often it is asked.
  const answer = await askFileSystem(path, signal);
  if (answer.how !== 'answered') return answer;
  const deadline = Promise.withResolvers<SmallFile>();
  const onAbort = () => deadline.resolve({ how: 'silent' });
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    if (signal.aborted) return { how: 'not-asked' };
    return await Promise.race([read(path, limit), deadline.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

async function read(path: string, limit: number): Promise<SmallFile> {
  try {
    if (!(await stat(path)).isFile()) return { how: 'no-file' };
    // Not waiting for a writer, should a pipe have taken its place meanwhile.
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const buffer = Buffer.alloc(limit + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return length > limit ? { how: 'too-large' } : { how: 'read', bytes: buffer.subarray(0, length) };
  } catch (error) {
    return { how: 'refused', code: errorCode(error) };
  }
}
