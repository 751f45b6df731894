import type { ChildProcess } from 'node:child_process';
import { patienceMs } from './until.ts';

/** A process that has ended. */
export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
  /** From its start, or from the signal that ended it. */
  readonly tookMs: number;
}

/** The daemon as a process. */
export interface Daemon {
  readonly pid: number;
  /** What it has printed so far. */
  readonly out: () => string;
  readonly err: () => string;
  readonly isRunning: () => boolean;
  /** Its log up to now: one object a line. Throws where a line is none. */
  log(): readonly Readonly<Record<string, unknown>>[];
  signal(signal: NodeJS.Signals): void;
  /** Sends a signal and waits for the end. */
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<Ended>;
  /** Resolves when it ends by itself. */
  ended(): Promise<Ended>;
}

/** Collects what a child process prints, and how it ends. */
export function watched(child: ChildProcess): Daemon {
  let out = '';
  let err = '';
  let since = performance.now();
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const over = new Promise<Ended>((resolve) => {
    child.once('close', (status, signal) => resolve({ status, signal, out, err, tookMs: performance.now() - since }));
  });
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  return {
    pid: child.pid ?? 0,
    out: () => out,
    err: () => err,
    isRunning,
    log: () => out.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)])),
    signal: (signal) => void child.kill(signal),
    end: (signal) => {
      since = performance.now();
      child.kill(signal);
      return within(over);
    },
    ended: () => within(over),
  };
}

async function within<Result>(work: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`the process has not ended in ${patienceMs} ms`)), patienceMs);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Kills a child process without a chance to clean up, and waits for its end. */
export async function kill(child: ChildProcess): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await closed;
}
