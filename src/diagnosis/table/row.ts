/** A row of the table: a pattern of evidence, and what it means. */
import type { CauseCode } from '../../core/observation.ts';
import type { InEachLanguage } from '../../core/rules.ts';
import type { Facts } from '../vocabulary.ts';

/** For each fact that matters the words that fit; `not-looked` where the look was not made. */
export type Pattern = { readonly [Fact in keyof Facts]?: readonly (Exclude<Facts[Fact], undefined> | 'not-looked')[] };

export interface Row {
  /** Names the why, for tests. */
  readonly name: string;
  readonly when: Pattern;
  /** `as-said`: what the check's own look said stays. */
  readonly code: CauseCode | 'as-said';
  /** Completes "<Service>: …"; without it the words of the check's kind, else the general ones, are used. */
  readonly sentence?: InEachLanguage;
  readonly meaning?: InEachLanguage;
  readonly firstStep?: InEachLanguage;
}

/** Whether all that a row asks for is among the facts. */
export function matches({ when }: Row, facts: Facts): boolean {
  return Object.entries(when).every(([fact, words]) => {
    const seen: string = facts[fact as keyof Facts] ?? 'not-looked';
    return (words as readonly string[]).includes(seen);
  });
}

/** Codes of the check's own look that leave open where on the way the trouble is. */
export const open = ['dns-failure', 'host-unreachable', 'port-filtered', 'timeout', 'unknown'] as const;

/** Neither the target nor anything else proves that the way there is good. */
export const noAnswer = {
  host: ['silent', 'unclear', 'not-looked'],
  port: ['filtered', 'unclear', 'not-looked'],
} as const satisfies Pattern;

/** No name server has said that the name is not what is asked for. */
export const notDenied = {
  address: ['found', 'unanswered', 'server-failed', 'unclear', 'not-looked'],
} as const satisfies Pattern;

/** The name could not be looked up, for other reasons than that it does not exist. */
export const nameless = { place: ['unknown'], address: ['unanswered', 'server-failed', 'unclear'] } as const satisfies Pattern;
