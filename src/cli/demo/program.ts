/** This very program, started as a person or systemd would start it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../main.ts');

/** As long as a clean stop may take, and somewhat more. */
const stopWithinMs = 8000;
const commandWithinMs = 30_000;
/** What is kept of what a program says. */
const keptLength = 64 * 1024;

export interface Place {
  readonly folder: string;
  readonly configuration: string;
  /** Width of its lines. */
  readonly columns: number;
}

export interface Running {
  readonly process: ChildProcess;
  /** What it has said so far, of much the end. */
  said(): string;
  /** Its exit status; null where a signal ended it, or it could not be started. Never rejects. */
  readonly ended: Promise<number | null>;
}

/** Starts a command. */
export function startProgram(args: readonly string[], { folder, configuration, columns }: Place): Running {
  const child = spawn(process.execPath, [main, '-c', configuration, '--state', folder, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, COLUMNS: String(columns) },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-keptLength);
    });
  }
  const ended = once(child, 'close').then(
    () => child.exitCode,
    () => null,
  );
  return { process: child, said: () => said, ended };
}

/** Runs a command to its end, within its time. */
export async function runProgram(
  args: readonly string[],
  place: Place,
  signal: AbortSignal,
): Promise<{ readonly status: number | null; readonly said: string }> {
  const running = startProgram(args, place);
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(commandWithinMs)]);
  const onAbort = () => running.process.kill('SIGKILL');
  deadline.addEventListener('abort', onAbort, { once: true });
  try {
    const status = await running.ended;
    signal.throwIfAborted();
    return { status, said: running.said() };
  } finally {
    deadline.removeEventListener('abort', onAbort);
  }
}

/** Asks a program to stop and insists after a while; gives its exit status. */
export async function stopProgram(running: Running): Promise<number | null> {
  const insist = setTimeout(() => running.process.kill('SIGKILL'), stopWithinMs);
  running.process.kill('SIGTERM');
  try {
    return await running.ended;
  } finally {
    clearTimeout(insist);
  }
}
