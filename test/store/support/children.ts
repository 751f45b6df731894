import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach } from 'vitest';

/** The children start faster with their compiled code kept. */
const cached = { NODE_COMPILE_CACHE: join(tmpdir(), 'incidentd-test-compile-cache') };
const running = new Set<ChildProcess>();

afterEach(async () => {
  await Promise.all([...running].map(kill));
});

/** A child process that runs a script. */
export interface Child {
  /** The lines that it has printed so far, which grow. */
  readonly lines: readonly string[];
  readonly pid: number;
  /** Resolves with the line that makes so many; rejects when the child ends before. */
  line(number: number): Promise<string>;
  /** Kills it without a chance to clean up, and waits for its end. */
  kill(): Promise<void>;
}

/** Starts `script` with these arguments; it is ended after the test. */
export function start(script: URL, ...args: readonly string[]): Child {
  const child = spawn(process.execPath, [script.pathname, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...cached },
  });
  running.add(child);
  const lines: string[] = [];
  let wake = Promise.withResolvers<void>();
  let over = false;
  createInterface({ input: child.stdout })
    .on('line', (line) => {
      lines.push(line);
      wake.resolve();
    })
    .on('close', () => {
      over = true;
      wake.resolve();
    });

  async function line(number: number): Promise<string> {
    while (lines.length < number) {
      if (over) throw new Error(`${script.pathname} ended after ${lines.length} lines`);
      await wake.promise;
      wake = Promise.withResolvers();
    }
    return lines[number - 1] ?? '';
  }

  return { lines, pid: child.pid ?? 0, line, kill: () => kill(child) };
}

async function kill(child: ChildProcess): Promise<void> {
  running.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}
