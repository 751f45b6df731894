import type { Observation } from '../core/observation.ts';
import type { CheckRule } from '../core/rules.ts';
import { formatDuration } from '../lib/duration.ts';
import { type LookEnd, patienceMs } from './bounded-look.ts';

/** One look's result, on its way to the desk. */
export interface LookResult {
  readonly check: CheckRule;
  readonly observation: Observation;
  readonly startedMono: number;
  readonly startedWall: number;
  /** The worst lateness of our own timers while the look ran and just before: a failure seen while it is large proves nothing. */
  readonly lagMs: number;
}

const longestMessage = 300;

/** What a look's end says about its check: a defect of ours is `unknown`, never down. */
export function observationOf(end: LookEnd, timeoutMs: number): Observation {
  switch (end.how) {
    case 'observed':
      return end.observation;
    case 'threw':
      return unknown(`the probe failed with "${messageOf(end.error)}"; this is a defect of incidentd`);
    case 'abandoned':
      return unknown(
        `the probe did not end within ${formatDuration(patienceMs)} of its deadline (${formatDuration(timeoutMs)}); this is a defect of incidentd`,
      );
    default:
      return end satisfies never;
  }
}

/** For a check whose earlier looks have not ended yet: another one would only leave more behind. */
export function notStarted(unsettled: number): Observation {
  return unknown(
    `not looked at, because ${unsettled} earlier looks have not ended; this is a defect of incidentd, a restart frees them`,
  );
}

function unknown(text: string): Observation {
  const message = text.replace(/\p{Cc}+/gu, ' ').slice(0, longestMessage);
  return { status: 'unknown', reason: 'not-watched', message, measures: [], evidence: [] };
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}
