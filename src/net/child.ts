/** Child processes that can neither hang, flood nor outlive the one who started them. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { errorCode } from './failure.ts';

export interface ChildRequest {
  /** Program and arguments; no shell sees them. */
  readonly argv: readonly [string, ...string[]];
  /** Added to the clean environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Written to standard input, which is empty otherwise. */
  readonly input?: string;
  readonly signal: AbortSignal;
  /** Bytes kept of each output; more is read and dropped. */
  readonly outputLimit?: number;
}

export type ChildEnd =
  | { readonly how: 'exited'; readonly code: number }
  /** Killed by a signal that was not ours. */
  | { readonly how: 'signalled'; readonly name: string }
  /** `ENOENT`, `EACCES`, …; `ETIME`: `signal` had aborted before. */
  | { readonly how: 'not-started'; readonly code: string }
  /** `signal` aborted; the process group was killed. */
  | { readonly how: 'aborted' }
  /** It wrote more than sixteen times what is kept; the process group was killed. */
  | { readonly how: 'flooded' };

export interface ChildResult {
  readonly end: ChildEnd;
  readonly stdout: string;
  readonly stderr: string;
}

/** Why a program could not be started, and what to do; `code` as in `ChildEnd`. */
export function whyNotStarted(program: string, code: string): string {
  if (code === 'ENOENT') return `there is no program ${program} on this machine (or its interpreter is missing)`;
  if (code === 'EACCES' || code === 'EPERM') return `${program} may not be run by this user; check its permissions (${code})`;
  return `${program} could not be started (${code})`;
}

const defaultOutputLimit = 65_536;
const floodFactor = 16;
/** How long output may still come after the end: a process that left the group may hold the pipe for ever. */
const drainMs = 250;
const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Runs a program in a process group and a clean environment of its own, in `/`. Never throws for what the program
 * does. Settles when it ended or at the latest when `signal` aborts, then kills what is left of the group; only a
 * process that gave itself a new session can survive, and none can hold us up.
 */
export async function runBounded(request: ChildRequest): Promise<ChildResult> {
  if (request.signal.aborted) return nothing({ how: 'not-started', code: 'ETIME' });
  const child = start(request);
  if (typeof child === 'string') return nothing({ how: 'not-started', code: child });
  const ended = Promise.withResolvers<ChildEnd>();
  const onAbort = () => ended.resolve({ how: 'aborted' });
  request.signal.addEventListener('abort', onAbort, { once: true });
  const limit = request.outputLimit ?? defaultOutputLimit;
  const onFlood = () => ended.resolve({ how: 'flooded' });
  const stdout = keep(child.stdout, limit, onFlood);
  const stderr = keep(child.stderr, limit, onFlood);
  child.on('error', (error) => ended.resolve({ how: 'not-started', code: errorCode(error) }));
  child.once('close', (code, name) => ended.resolve(endOf(code, name)));
  child.once('exit', (code, name) => setTimeout(() => ended.resolve(endOf(code, name)), drainMs).unref());
  child.stdin?.on('error', () => {});
  child.stdin?.end(request.input ?? '');
  try {
    const end = await ended.promise;
    return { end, stdout: stdout(), stderr: stderr() };
  } finally {
    request.signal.removeEventListener('abort', onAbort);
    leave(child);
  }
}

/** The child, or the code of the error that kept it from starting; most such errors come later, as an event. */
function start(request: ChildRequest): ChildProcess | string {
  const [program, ...rest] = request.argv;
  try {
    return spawn(program, rest, {
      cwd: '/',
      detached: true,
      shell: false,
      stdio: 'pipe',
      env: { ...cleanEnvironment(), ...request.env },
    });
  } catch (error) {
    return errorCode(error);
  }
}

function cleanEnvironment(): Record<string, string> {
  const { PATH, HOME, TZ } = process.env;
  return { PATH: PATH ?? defaultPath, HOME: HOME ?? '/', LANG: 'C', LC_ALL: 'C', ...(TZ === undefined ? {} : { TZ }) };
}

function nothing(end: ChildEnd): ChildResult {
  return { end, stdout: '', stderr: '' };
}

function endOf(code: number | null, name: string | null): ChildEnd {
  return code === null ? { how: 'signalled', name: name ?? 'unknown' } : { how: 'exited', code };
}

/** Reads a stream to its end, keeps its beginning; the result gives it as text. */
function keep(stream: Readable | null, limit: number, onFlood: () => void): () => string {
  const chunks: Buffer[] = [];
  let total = 0;
  stream?.on('error', () => {});
  stream?.on('data', (chunk: Buffer) => {
    if (total < limit) chunks.push(chunk.subarray(0, limit - total));
    total += chunk.length;
    if (total > limit * floodFactor) onFlood();
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

/** Kills the group, even when its leader has ended, and lets go of the pipes. */
function leave(child: ChildProcess): void {
  if (child.pid !== undefined) {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nobody left in it, or somebody else's by now.
    }
  }
  child.stdin?.destroy();
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.unref();
}
