/** Asking a file system, when it may hang for ever. */
import type { StatsFs } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { errorCode } from '../../net/failure.ts';

export type FileSystemAnswer<Value = StatsFs> =
  | { readonly how: 'answered'; readonly value: Value }
  /** `path`: where, as far as the system says so. */
  | { readonly how: 'refused'; readonly code: string; readonly path?: string }
  | { readonly how: 'silent' }
  /**
   * Not asked before the deadline, or only a moment before it: four other file systems hang, and further questions would use up
   * the thread pool.
   */
  | { readonly how: 'not-asked' };

const openLimit = 4;
/** A question without an answer for this long hangs; a shorter wait at the end is our own lack of time. */
const hangsMs = 500;

interface Question {
  readonly answer: Promise<FileSystemAnswer<unknown>>;
  /** Monotonic, ms. */
  readonly begunAt: number;
}

/**
 * Questions without an answer yet. One to a hanging mount cannot be taken back and holds a thread of the pool, so none
 * is asked again before it has been answered, and not more than four are asked at a time.
 */
const open = new Map<string, Question>();

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
    while (!open.has(key) && open.size >= openLimit && !signal.aborted) {
      await Promise.race([...Array.from(open.values(), ({ answer }) => answer), deadline.promise]);
    }
    if (signal.aborted) return unanswered(open.get(key));
    const question = open.get(key) ?? begin(key, ask);
    const answer = (await Promise.race([question.answer, deadline.promise])) as FileSystemAnswer<Value> | null;
    return answer ?? unanswered(question);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function unanswered(question: Question | undefined): { readonly how: 'silent' | 'not-asked' } {
  return { how: question !== undefined && performance.now() - question.begunAt >= hangsMs ? 'silent' : 'not-asked' };
}

function begin<Value>(key: string, ask: () => Promise<Value>): Question {
  const answer = ask()
    .then((value): FileSystemAnswer<Value> => ({ how: 'answered', value }))
    .catch((error: unknown): FileSystemAnswer<Value> => ({ how: 'refused', code: errorCode(error), ...placeOf(error) }))
    .finally(() => open.delete(key));
  const question = { answer, begunAt: performance.now() };
  open.set(key, question);
  return question;
}

function placeOf(error: unknown): { readonly path?: string } {
  return error instanceof Error && 'path' in error && typeof error.path === 'string' ? { path: error.path } : {};
}
