import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A process of the benchmark; disposing ends it and waits for that. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  readonly isRunning: () => boolean;
}

const root = join(import.meta.dirname, '../../..');

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
const politeMs = 6000;

/** Starts a program of the checkout as `npm start` would: on the project's Node, with its flags. It prints into a file. */
export function startLogged(args: readonly string[], logFile: string, env: Readonly<Record<string, string>> = {}): Child {
  const log = openSync(logFile, 'a', 0o600);
  try {
    return tracked(launch(args, ['ignore', log, log], env));
  } finally {
    closeSync(log);
  }
}

/** As `startLogged`; gives the first line that the program prints, too. */
export async function startSpeaking(args: readonly string[]): Promise<Child & { readonly firstLine: string }> {
  const process = launch(args, ['ignore', 'pipe', 'inherit'], {});
  const child = tracked(process);
  if (process.stdout === null) throw new Error('no standard output');
  for await (const firstLine of createInterface({ input: process.stdout })) return { ...child, firstLine };
  throw new Error(`${args[0]} ended without a word`);
}

/** Throws with the end of its log when a process has ended. */
export function insistOn(child: Child, logFile: string): void {
  if (!child.isRunning()) throw new Error(`a measured process ended:\n${readFileSync(logFile, 'utf8').slice(-2000)}`);
}

/** Ends everything that was started, at once. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

function launch(
  args: readonly string[],
  stdio: ['ignore', number | 'pipe', number | 'inherit'],
  env: Readonly<Record<string, string>>,
): ChildProcess {
  return spawn('sh', ['.ci/node', ...args], { cwd: root, stdio, env: { ...process.env, ...env } });
}

function tracked(child: ChildProcess): Child {
  running.add(child);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      running.delete(child);
      resolve();
    });
  });
  const isRunning = () => running.has(child);
  return {
    pid: child.pid ?? 0,
    isRunning,
    [Symbol.asyncDispose]: async () => {
      if (isRunning()) child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), politeMs);
      await ended;
      clearTimeout(late);
    },
  };
}
