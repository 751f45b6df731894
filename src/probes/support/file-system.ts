/** Asking a file system for its size, when it may hang for ever. */
import type { StatsFs } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { errorCode } from '../../net/failure.ts';

export type FileSystemAnswer =
  | { readonly how: 'answered'; readonly stats: StatsFs }
  | { readonly how: 'refused'; readonly code: string }
  | { readonly how: 'silent' }
  /** Not asked before the deadline: four other file systems hang, and further questions would use up the thread pool. */
  | { readonly how: 'not-asked' };

const openLimit = 4;

/**
 * Questions without an answer yet. One to a hanging mount cannot be taken back and holds a thread of the pool, so a path
 * is not asked again before it has answered, and not more than four are asked at a time.
 */
const open = new Map<string, Promise<FileSystemAnswer>>();

type Ask = (path: string) => Promise<StatsFs>;

/** Size and use of the file system at `path`; settles at the latest when `signal` aborts. */
export async function askFileSystem(path: string, signal: AbortSignal, ask: Ask = statfs): Promise<FileSystemAnswer> {
  const deadline = Promise.withResolvers<null>();
  const onAbort = () => deadline.resolve(null);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    while (!open.has(path) && open.size >= openLimit && !signal.aborted) await Promise.race([...open.values(), deadline.promise]);
    if (signal.aborted) return { how: open.has(path) ? 'silent' : 'not-asked' };
    const question = open.get(path) ?? begin(path, ask);
    return (await Promise.race([question, deadline.promise])) ?? { how: 'silent' };
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function begin(path: string, ask: Ask): Promise<FileSystemAnswer> {
  const question = ask(path)
    .then((stats): FileSystemAnswer => ({ how: 'answered', stats }))
    .catch((error: unknown): FileSystemAnswer => ({ how: 'refused', code: errorCode(error) }))
    .finally(() => open.delete(path));
  open.set(path, question);
  return question;
}
