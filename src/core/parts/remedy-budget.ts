/** How often a remedy may be run: counted by its rule, across incidents, reloads and restarts. */
import type { Draft } from '../draft.ts';
import type { LiveRecord } from '../record.ts';
import type { RemedyRule, Rules } from '../rules.ts';

/** Starts of a remedy that is no longer in the rules are forgotten after this long, in case it comes back. */
const forgottenAfterMs = 31 * 24 * 3_600_000;

/** A remedy by its key. */
export function remedyOf(rules: Rules, key: string): RemedyRule | undefined {
  const index = indexes.get(rules) ?? indexRemedies(rules);
  return index.get(key);
}

const indexes = new WeakMap<Rules, ReadonlyMap<string, RemedyRule>>();

function indexRemedies(rules: Rules): ReadonlyMap<string, RemedyRule> {
  const all = Object.values(rules.services).flatMap(({ remedies }) => remedies);
  const index = new Map(all.map((rule) => [rule.key, rule] as const));
  indexes.set(rules, index);
  return index;
}

/** True while another run is allowed. */
export function isWithinBudget(draft: Pick<Draft, 'remedyStarts'>, rule: RemedyRule, at: number): boolean {
  return withinSpan(draft.remedyStarts.get(rule.key) ?? [], rule, at).length < rule.atMost.times;
}

/** Counts a start. */
export function countStart(draft: Draft, rules: Rules, rule: RemedyRule, at: number): void {
  for (const [key, starts] of draft.remedyStarts.entries()) {
    const isGone = remedyOf(rules, key) === undefined && (starts.at(-1) ?? 0) + forgottenAfterMs <= at;
    if (isGone) draft.remedyStarts.delete(key);
  }
  draft.remedyStarts.set(rule.key, [...withinSpan(draft.remedyStarts.get(rule.key) ?? [], rule, at), at]);
}

function withinSpan(starts: readonly number[], { atMost }: RemedyRule, at: number): readonly number[] {
  return starts.filter((start) => start + atMost.perMs > at);
}

/** When the next remedy whose budget is used up may be run again; null: none is waiting for that. */
export function nextBudgetAt({ remedyStarts }: Pick<LiveRecord, 'remedyStarts'>, rules: Rules, at: number): number | null {
  const times = [...remedyStarts].flatMap(([key, starts]) => {
    const rule = remedyOf(rules, key);
    if (rule === undefined) return [];
    const counted = withinSpan(starts, rule, at);
    const frees = counted[counted.length - rule.atMost.times];
    return frees === undefined ? [] : [frees + rule.atMost.perMs];
  });
  return times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b));
}
