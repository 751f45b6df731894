import { exitStatus, Stop } from './stop.ts';
import type { World } from './world.ts';

/** Names of errors whose message is written for the person: which file, what is wrong, what to do. */
const forPeople: Readonly<Record<string, number>> = {
  StoreError: exitStatus.no,
  HistoryError: exitStatus.no,
  SocketError: exitStatus.no,
  LockedError: exitStatus.locked,
};

/** Says in one line why a command ended early and gives the exit status; with INCIDENTD_DEBUG=1 the stack follows. */
export function explained(error: unknown, world: Pick<World, 'err' | 'env'>): number {
  const message = (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, ' ');
  const status = error instanceof Stop ? error.status : error instanceof Error ? forPeople[error.name] : undefined;
  const defect = `internal error: ${message} (INCIDENTD_DEBUG=1 shows where; please report it)`;
  world.err(`incidentd: ${status === undefined ? defect : message}\n`);
  if (world.env.INCIDENTD_DEBUG === '1' && error instanceof Error) world.err(`${error.stack}\n`);
  return status ?? exitStatus.internal;
}
