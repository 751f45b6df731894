import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a process prints, and whether its readers have it. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
  /** A line of a log, on standard output: dropped while its reader lets 4 MiB lie. */
  log(line: string): void;
  /**
   * Resolves when the readers have taken all of it, or have gone away. A slow reader is waited for without limit, that of a
   * log for a second: a daemon must end.
   */
  taken(): Promise<void>;
}

const mostUnread = 4 * 1024 * 1024;
const lastWordsMs = 1000;

/** Prints on two streams; a reader that goes away (`incidentd status | head`) ends nothing, and nothing is said about it. */
export function outputTo(stdout: Writable, stderr: Writable): Output {
  let isLog = false;
  for (const stream of [stdout, stderr]) stream.on('error', () => {});
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    log: (line) => {
      isLog = true;
      if (stdout.writableLength < mostUnread) stdout.write(line);
    },
    taken: async () => {
      const both = Promise.all([stdout, stderr].map(emptied));
      await (isLog ? Promise.race([both, sleep(lastWordsMs)]) : both);
    },
  };
}

/** A pipe takes 64 KiB at once; the rest of what was written waits in this process, and would end with it. */
async function emptied(stream: Writable): Promise<void> {
  if (stream.writableLength === 0) return;
  await new Promise<void>((resolve) => stream.write('', () => resolve()));
}
