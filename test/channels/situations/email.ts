import { closedPort } from '../../net/support/servers.ts';
import { serverAt, settings } from '../office.ts';
import { type Action, type Point, scriptedServer } from '../scripted-server.ts';
import type { Situation, Situations } from '../support/situation.ts';

async function scripted(script: Partial<Readonly<Record<Point, Action>>>): Promise<Situation> {
  const server = await scriptedServer(script);
  return {
    written: 'anna@kanzlei.example',
    mail: settings([serverAt(server.port)]),
    taken: () => server.messages.length,
    end: () => Promise.resolve(server[Symbol.asyncDispose]()),
  };
}

export const situations: Situations = {
  email: {
    accepting: () => scripted({}),
    absent: async () => ({ written: 'anna@kanzlei.example', mail: settings([serverAt(await closedPort())]), taken: () => 0 }),
    busy: () => scripted({ RCPT: '451 4.7.1 greylisted' }),
    refusing: () => scripted({ RCPT: '550 5.1.1 no such mailbox' }),
    hanging: () => scripted({ dot: 'silence' }),
    vanishing: () => scripted({ dot: 'close' }),
  },
};
