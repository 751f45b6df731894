import type { Complaint, Diagnosis, Way } from '../core/diagnosis.ts';
import type { CheckRule } from '../core/rules.ts';

/** The check that fails, and where its looks go. */
export interface Subject {
  readonly rule: CheckRule;
  readonly way: Way | null;
}

/** Why a check fails, layer by layer; null where nothing more can be said than its look said. */
export async function diagnose(
  _complaint: Complaint,
  _subject: Subject | undefined,
  _signal: AbortSignal,
): Promise<Diagnosis | null> {
  return null;
}
