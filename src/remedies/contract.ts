import type { Incident } from '../core/incident.ts';
import type { LiveRecord } from '../core/record.ts';
import type { RemedyRun } from '../core/remedy.ts';
import type { RemedyRule, Rules } from '../core/rules.ts';
import type { Secret } from '../lib/secret.ts';

/** Program and arguments; no shell sees them. */
export interface Program {
  readonly run: readonly (string | Secret)[];
}

export interface Webhook {
  readonly webhook: { readonly url: Secret; readonly secret?: Secret };
}

/** What a remedy does, with its secrets. */
export type Doing = Program | Webhook;

/** A remedy that can be run. */
export interface BoundRemedy {
  readonly does: Doing;
  /** Takes the secrets out of a text from outside. */
  readonly conceal: (text: string) => string;
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

/** How long a run may take, whatever it does. */
export const longestRun = '2 minutes';
