/** What the admin allowed to be tried. */
import type { Context, Part } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';
import type { LiveRecord } from '../record.ts';
import type { RemedyRun } from '../remedy.ts';
import type { RemedyRule, Rules } from '../rules.ts';

/** A run that must be started, with what it is told. */
export interface RemedyDuty {
  readonly run: RemedyRun;
  readonly rule: RemedyRule;
  readonly incident: Incident;
}

/** Requested runs, oldest first. */
export function remediesToRun(_record: LiveRecord, _rules: Rules): readonly RemedyDuty[] {
  return [];
}

/** Runs that have been marked as running, by their keys. */
export function startedRemedies(_record: LiveRecord, _rules: Rules, _keys: readonly string[]): readonly RemedyDuty[] {
  return [];
}

/** When time alone changes something about an incident's remedies; null: never. */
export function remedyDue(_incident: Incident): number | null {
  return null;
}

export const startRemedies: Part<'remedy-started'> = () => {};

export const endRemedy: Part<'remedy-ended'> = () => {};

/** Requests what may be tried now, and judges what has had its time. */
export function tryRemedies(_draft: Draft, _context: Context, _incident: Incident): void {}
