/** Asking a file system, when it may hang for ever. */
import type { StatsFs } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { errorCode } from '../../net/failure.ts';

export type FileSystemAnswer<Value = StatsFs> =
  | { readonly how: 'answered'; readonly value: Value }
  | { readonly how: 'refused'; readonly code: string }
  | { readonly how: 'silent' }
  /** Not asked before the deadline: four other file systems hang, and further questions would use up the thread pool. */
  | { readonly how: 'not-asked' };

const openLimit = 4;

/**
 * Questions without an answer yet. One to a hanging mount cannot be taken back and holds a thread of the pool, so none
 * is asked again before it has been answered, and not more than four are asked at a time.
 */
const open = new Map<string, Promise<FileSystemAnswer<unknown>>>();

type Ask = (path: string) => Promise<StatsFs>;

/** Size and use of the file system at `path`; settles at the latest when `signal` aborts. */
export function askFileSystem(path: string, signal: AbortSignal, ask: Ask = statfs): Promise<FileSystemAnswer> {
  return askOnce(path, signal, () => ask(path));
}

/** The answer to any other question, which `key` stands for alone; settles at the latest when `signal` aborts. */
export async function askOnce<Value>(
  key: string,
  signal: AbortSignal,
  ask: () => Promise<Value>,
): Promise<FileSystemAnswer<Value>> {
  const deadline = Promise.withResolvers<null>();
  const onAbort = () => deadline.resolve(null);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    while (!open.has(key) && open.size >= openLimit && !signal.aborted) await Promise.race([...open.values(), deadline.promise]);
    if (signal.aborted) return { how: open.has(key) ? 'silent' : 'not-asked' };
    const question = (open.get(key) as Promise<FileSystemAnswer<Value>> | undefined) ?? begin(key, ask);
    return (await Promise.race([question, deadline.promise])) ?? { how: 'silent' };
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function begin<Value>(key: string, ask: () => Promise<Value>): Promise<FileSystemAnswer<Value>> {
  const question = ask()
    .then((value): FileSystemAnswer<Value> => ({ how: 'answered', value }))
    .catch((error: unknown): FileSystemAnswer<Value> => ({ how: 'refused', code: errorCode(error) }))
    .finally(() => open.delete(key));
  open.set(key, question);
  return question;
}
