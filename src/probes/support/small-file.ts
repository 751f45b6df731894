/** Reading a file that may be missing, huge, a pipe, or on a mount that hangs. */
import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { askOnce, type FileSystemAnswer } from './file-system.ts';

type Content =
  | { readonly how: 'read'; readonly bytes: Buffer }
  /** A folder, a pipe, a device. */
  | { readonly how: 'no-file' }
  | { readonly how: 'too-large' };

export type SmallFile = Content | Exclude<FileSystemAnswer<Content>, { readonly how: 'answered' }>;

const chunkSize = 65_536;

/** The whole of a file of at most `limit` bytes; settles at the latest when `signal` aborts. */
export async function readSmallFile(path: string, limit: number, signal: AbortSignal): Promise<SmallFile> {
  const answer = await askOnce(`content of ${path}`, signal, () => read(path, limit));
  return answer.how === 'answered' ? answer.value : answer;
}

async function read(path: string, limit: number): Promise<Content> {
  if (!(await stat(path)).isFile()) return { how: 'no-file' };
  // Not waiting for a writer, should a pipe have taken its place meanwhile.
  await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const chunks: Buffer[] = [];
  for (let length = 0; length <= limit; ) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkSize));
    if (bytesRead === 0) return { how: 'read', bytes: Buffer.concat(chunks) };
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return { how: 'too-large' };
}
