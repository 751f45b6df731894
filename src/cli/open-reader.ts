import type { SiteJson } from '../web/api.ts';
import { ask, NoDaemonError } from './client.ts';
import type { Call } from './commands/contract.ts';
import type { Reader } from './reader.ts';

/** Reads from the running daemon, else what one left behind in the folder, which is then said on standard error. */
export async function openReader(call: Call<unknown>): Promise<Reader> {
  try {
    return await fromDaemon(call.folder);
  } catch (error) {
    if (!(error instanceof NoDaemonError)) throw error;
    const { leftBehind } = await import('./left-behind.ts');
    return await leftBehind(call);
  }
}

async function fromDaemon(folder: string): Promise<Reader> {
  const site = await known<SiteJson>(folder, '/site');
  return {
    site,
    status: () => known(folder, '/status'),
    incidents: (all) => known(folder, all ? '/incidents?all=1' : '/incidents'),
    incident: (id) => ask(folder, { path: `/incidents/${encodeURIComponent(id)}` }),
  };
}

async function known<Answer>(folder: string, path: string): Promise<Answer> {
  const answer = await ask<Answer>(folder, { path });
  if (answer === null) throw new Error(`the daemon of ${folder} does not know ${path}; it is of another version`);
  return answer;
}
