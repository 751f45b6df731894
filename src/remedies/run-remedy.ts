import type { Incident } from '../core/incident.ts';
import type { LiveRecord } from '../core/record.ts';
import type { RemedyEnd, RemedyRun } from '../core/remedy.ts';
import type { RemedyRule, Rules } from '../core/rules.ts';

/** What a remedy does, with its secrets. */
export interface BoundRemedy {
  /** Program and arguments; no shell sees them. */
  readonly run: readonly string[];
}

/** Which run, of which rule, for which incident. */
export interface RemedyRequest {
  readonly run: RemedyRun;
  readonly rule: RemedyRule;
  readonly incident: Incident;
  readonly record: LiveRecord;
  readonly rules: Rules;
  readonly now: number;
}

/** Runs a remedy within `signal`; nothing that it does throws. */
export async function runRemedy(
  { run }: RemedyRequest,
  bound: BoundRemedy | undefined,
  _signal: AbortSignal,
): Promise<RemedyEnd> {
  return { ok: false, outcome: bound === undefined ? `${run.label} is no longer configured` : 'cannot be run', output: '' };
}
