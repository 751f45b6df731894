import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/program.ts';
import type { World } from '../../../src/cli/world.ts';
import type { Api } from '../../../src/web/api.ts';
import { serveSocket } from '../../../src/web/socket.ts';
import { start } from '../../texts/sample.ts';
import { newFolder } from '../../web/support/api.ts';

export interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** A terminal that keeps what is said; nobody sits at it. */
export function listener(changes: Partial<World> = {}): { readonly world: World; readonly said: { out: string; err: string } } {
  const said = { out: '', err: '' };
  const out = (text: string) => {
    said.out += text;
  };
  const world: World = {
    out,
    log: out,
    err: (text) => {
      said.err += text;
    },
    columns: 80,
    colour: false,
    onTerminal: { out: false, err: false },
    env: {},
    now: Date.now,
    ...changes,
  };
  return { world, said };
}

/** Runs a command line in this process, as somebody would at an 80 column pipe. */
export async function type(words: readonly string[], changes: Partial<World> = {}): Promise<Ended> {
  const { world, said } = listener({ env: { SUDO_USER: 'anna' }, now: () => start + 1_800_000, ...changes });
  const status = await runCommandLine(words, world);
  return { status, ...said };
}

/** Runs a command line against a daemon that answers as `api` does. */
export async function typeTo(api: Api, words: readonly string[], changes: Partial<World> = {}): Promise<Ended> {
  const folder = newFolder();
  await using _server = await serveSocket(join(folder, 'control.sock'), api);
  return await type([...words, '--state', folder], changes);
}

/** The longest line. */
export function widthOf(text: string): number {
  return Math.max(...text.split('\n').map((line) => line.length));
}
