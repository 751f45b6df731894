/** How each kind meets a healthy, refusing, silent and lying other side. */
import { delimiter } from 'node:path';
import { vi } from 'vitest';
import type { CauseCode, Status } from '../../../src/core/observation.ts';
import type { Typed } from '../../../src/probes/contract.ts';
import { scriptFolder } from '../../net/support/scripts.ts';
import { answering, closedPort, type Listening, tcpServer } from '../../net/support/servers.ts';
import type { Circumstances } from './look.ts';

export interface Situation {
  readonly typed: Typed;
  readonly written?: object;
  readonly circumstances?: Circumstances;
  readonly status: Status;
  readonly reason: CauseCode | 'ok';
  /** Ends what was set up. */
  readonly end?: () => Promise<void> | void;
}

/** Sets a situation up; a text says why there is none such. */
export type Setup = (() => Promise<Situation> | Situation) | string;

export const situationNames = ['healthy', 'refusing', 'silent', 'lying'] as const;
export type SituationName = (typeof situationNames)[number];

const up = { status: 'up', reason: 'ok' } as const;
const proof = { status: 'unknown', reason: 'not-watched' } as const;
const down = (reason: CauseCode) => ({ status: 'down', reason }) as const;

const page = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';
const local = 'this machine always answers about itself';

async function served(
  server: Promise<Listening>,
  scheme: string,
  rest: Pick<Situation, 'status' | 'reason' | 'written'>,
): Promise<Situation> {
  const listening = await server;
  return { typed: `${scheme}://127.0.0.1:${listening.port}`, ...rest, end: async () => listening[Symbol.asyncDispose]() };
}

function scripted(lines: string, rest: Pick<Situation, 'status' | 'reason'>): Situation {
  const scripts = scriptFolder();
  return { typed: [scripts.add('check_x', lines)], ...rest, end: () => scripts[Symbol.dispose]() };
}

/** A `ping` of our own in front of the system's. */
function pinging(lines: string, rest: Pick<Situation, 'status' | 'reason'>): Situation {
  const scripts = scriptFolder();
  scripts.add('ping', lines);
  vi.stubEnv('PATH', `${scripts.folder}${delimiter}${process.env.PATH}`);
  return {
    typed: '127.0.0.1',
    ...rest,
    end: () => {
      vi.unstubAllEnvs();
      scripts[Symbol.dispose]();
    },
  };
}

const hour = 3_600_000;
const beaten = (ageMs: number, ok: boolean): Circumstances => ({ now: 100 * hour, beat: { at: 100 * hour - ageMs, ok } });

export const situations: Readonly<Record<string, Readonly<Record<SituationName, Setup>>>> = {
  http: {
    healthy: () => served(answering(page), 'http', up),
    refusing: async () => ({ typed: `http://127.0.0.1:${await closedPort()}`, ...down('port-closed') }),
    silent: () =>
      served(
        tcpServer(() => {}),
        'http',
        down('timeout'),
      ),
    lying: () => served(answering('220 mail.example ESMTP\r\n'), 'http', down('protocol-error')),
  },
  ping: {
    healthy: () => ({ typed: '127.0.0.1', ...up }),
    refusing: () => pinging('echo "ping: connect: No route to host" >&2; exit 2', down('host-unreachable')),
    silent: () => pinging('trap "" TERM; sleep 30', down('timeout')),
    lying: () => pinging('echo Killed; exit 0', proof),
  },
  tcp: {
    healthy: () =>
      served(
        tcpServer(() => {}),
        'tcp',
        up,
      ),
    refusing: async () => ({ typed: `127.0.0.1:${await closedPort()}`, ...down('port-closed') }),
    silent: () =>
      served(
        tcpServer(() => {}),
        'tcp',
        { ...down('timeout'), written: { expect: 'PONG' } },
      ),
    lying: () =>
      served(
        tcpServer((socket) => socket.end('\u001b[2J\0')),
        'tcp',
        { ...down('content'), written: { expect: 'PONG' } },
      ),
  },
  command: {
    healthy: () => scripted('echo "OK - fine | time=1ms"', up),
    refusing: () => ({ typed: ['/nowhere/check_x'], ...proof }),
    silent: () => scripted('trap "" TERM; (sleep 30) & sleep 30', down('timeout')),
    lying: () => scripted("printf '\\377|=;=;\\000'; exit 77", proof),
  },
  disk: {
    healthy: () => ({ typed: '/', ...up }),
    refusing: () => ({ typed: '/nowhere', ...proof }),
    silent: 'a mount that hangs cannot be made here; see the tests of disk checks',
    lying: () => ({ typed: '/proc', ...proof }),
  },
  memory: { healthy: () => ({ typed: null, ...up }), refusing: local, silent: local, lying: local },
  load: { healthy: () => ({ typed: null, ...up }), refusing: local, silent: local, lying: local },
  heartbeat: {
    healthy: () => ({ typed: '24h', circumstances: beaten(hour, true), ...up }),
    refusing: () => ({ typed: '24h', circumstances: beaten(hour, false), ...down('plugin') }),
    silent: () => ({ typed: '24h', circumstances: beaten(50 * hour, true), ...down('outdated') }),
    lying: 'a heartbeat is a yes or a no',
  },
};
