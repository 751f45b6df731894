/** How a kind meets another side, for the contract that all kinds keep. */
import type { CauseCode, Status } from '../../../src/core/observation.ts';
import type { Typed } from '../../../src/probes/contract.ts';
import { type Listening, tcpServer } from '../../net/support/servers.ts';
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

/** What each file in `test/probes/situations/` exports as `situations`: one entry for each kind of other side. */
export type Situations = Readonly<Record<(typeof situationNames)[number], Setup>>;

export const up = { status: 'up', reason: 'ok' } as const;
export const proof = { status: 'unknown', reason: 'not-watched' } as const;
export const down = (reason: CauseCode) => ({ status: 'down', reason }) as const;

/** For kinds that look at this machine. */
export const local = 'this machine always answers about itself';

/** A situation with a server of ours as its target, `scheme://127.0.0.1:port`. */
export async function served(
  server: Promise<Listening>,
  scheme: string,
  rest: Pick<Situation, 'status' | 'reason' | 'written'>,
): Promise<Situation> {
  const listening = await server;
  return { typed: `${scheme}://127.0.0.1:${listening.port}`, ...rest, end: async () => listening[Symbol.asyncDispose]() };
}

/** A server that accepts and then says nothing. */
export function silentServer(): Promise<Listening> {
  return tcpServer(() => {});
}
