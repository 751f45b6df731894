import type { Output } from './output.ts';

/** What the command line is given: a terminal, an environment, a clock. */
export interface World extends Pick<Output, 'out' | 'err' | 'log'> {
  /** Width of lines. */
  readonly columns: number;
  readonly colour: boolean;
  /** Standard output and standard error are terminals. */
  readonly onTerminal: { readonly out: boolean; readonly err: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Wall clock, epoch ms. */
  now(): number;
}

const usualColumns = 80;
const narrowest = 40;
const widest = 160;

/** This process. Lines are 80 wide where the terminal does not say otherwise; colours are for terminals, and not with NO_COLOR. */
export function processWorld({ out, err, log }: Output): World {
  const { stdout, stderr, env } = process;
  const columns = stdout.isTTY ? stdout.columns : Number(env.COLUMNS);
  return {
    out,
    err,
    log,
    columns: Math.min(widest, Math.max(narrowest, columns > 0 ? columns : usualColumns)),
    colour: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
    onTerminal: { out: stdout.isTTY === true, err: stderr.isTTY === true },
    env,
    now: Date.now,
  };
}
