/** One cause, one incident: what becomes of failures that a dependency explains. */
import { type Context, checkOf, logDecision, type Part, update } from '../context.ts';
import { dependenciesOf } from '../dependencies.ts';
import type { Draft } from '../draft.ts';
import { isRunning } from '../incident.ts';
import type { Cell, Explained } from '../record.ts';
import type { CheckRule } from '../rules.ts';
import { addAffected } from './affected.ts';
import { inquireAnew } from './briefing.ts';
import { recategorize } from './categorization.ts';
import { cutOffIncident, isCutOff, joinCutOff } from './cut-off.ts';
import { endExplained, explainersOf } from './explain.ts';
import { mergeLate } from './late.ts';
import { confirm } from './life.ts';
import { outageOf, type Standing, standingOf } from './standing.ts';
import { waitingConfirmation } from './windows.ts';

/** What still fails this long after its dependency is back has a reason of its own. */
const ownAfterMs = 5 * 60_000;

/** A dependency has been looked at since a failure began. */
export const noteLooked: Part<'looked'> = (draft, { check, since }) => {
  for (const [key, entry] of draft.explained.entries()) {
    if (entry.since > since || !entry.awaits.includes(check)) continue;
    draft.explained.set(key, { ...entry, awaits: entry.awaits.filter((one) => one !== check) });
  }
};

/** When time alone ends a wait. */
export function explanationDue({ until, wasDown, backAt }: Explained): number | null {
  if (backAt !== null) return backAt + ownAfterMs;
  return wasDown ? null : until;
}

/**
 * Joins late confirmations, then decides about every failure that waits: affected while a dependency is down; an incident of
 * its own where none is, or five minutes after it is back. What others depend on comes first, since its end may begin theirs.
 */
export function settleExplained(draft: Draft, context: Context): void {
  mergeLate(draft, context);
  if (draft.explained.current.size === 0) return;
  const waiting = draft.explained.entries().map(([check]) => ({ check, rule: checkOf(context.rules, check) }));
  const depth = (rule: CheckRule | undefined) => (rule === undefined ? 0 : dependenciesOf(rule.service, context.rules).length);
  const affected = new Map<string, Map<string, number>>();
  for (const { check, rule } of waiting.toSorted((a, b) => depth(a.rule) - depth(b.rule))) {
    settle(draft, context, check, rule, affected);
  }
  for (const [id, services] of affected) if (addAffected(draft, context, id, services)) recategorize(draft, context, id);
}

type Affected = Map<string, Map<string, number>>;

function settle(draft: Draft, context: Context, check: string, rule: CheckRule | undefined, affected: Affected): void {
  const entry = draft.explained.get(check);
  const cell = draft.cells.get(check);
  if (entry === undefined) return;
  if (rule === undefined || cell === undefined || !isFailing(cell)) {
    endExplained(draft, context, check, context.at);
    return;
  }
  const { isDown, isVerifying, incidents } = explanation(draft, context, rule, cell);
  if (isDown) {
    const all = [...new Set([...entry.incidents, ...incidents])];
    const isSame = entry.wasDown && entry.backAt === null && all.length === entry.incidents.length;
    if (!isSame) draft.explained.set(check, { ...entry, awaits: [], incidents: all, wasDown: true, backAt: null });
    for (const id of incidents) noteAffected(affected, id, rule.service, cell.since);
  } else if (entry.wasDown) afterwards(draft, context, check, cell, entry);
  else if (context.at >= entry.until || (!isVerifying && entry.awaits.length === 0)) standAlone(draft, context, check, cell);
}

interface Explanation {
  readonly isDown: boolean;
  readonly isVerifying: boolean;
  /** Running incidents of what is down. */
  readonly incidents: readonly string[];
}

function explanation(draft: Draft, context: Context, rule: CheckRule, cell: Cell): Explanation {
  const services = explainersOf(context, rule, cell);
  const standings = new Map<string, Standing>(services.map((service) => [service, standingOf(draft, context, service)]));
  const down = services.filter((service) => standings.get(service) === 'down');
  const cutOff = cutOffNow(draft, context, rule);
  return {
    isDown: down.length > 0 || cutOff.length > 0,
    isVerifying: [...standings.values()].includes('verifying'),
    incidents: [...cutOff, ...down.flatMap((service) => outageOf(draft, service)?.id ?? [])],
  };
}

/** The incident about this server's network, where that is why the check fails: also when it is lost again. */
function cutOffNow(draft: Draft, context: Context, rule: CheckRule): readonly string[] {
  const own = cutOffIncident(draft);
  if (own === undefined || !isCutOff(draft, rule)) return [];
  const askedAt = draft.inquiries.get(rule.key)?.askedAt ?? 0;
  if (own.status === 'open') return [own.id];
  return askedAt > (own.recoveredAt ?? 0) ? [joinCutOff(draft, context, rule.key)] : [];
}

function noteAffected(affected: Affected, id: string, service: string, since: number): void {
  const services = affected.get(id) ?? new Map<string, number>();
  affected.set(id, services);
  services.set(service, Math.min(since, services.get(service) ?? since));
}

/** The dependency is back: the check is looked at soon, and has five minutes. */
function afterwards(draft: Draft, context: Context, check: string, cell: Cell, entry: Explained): void {
  if (entry.backAt === null) {
    draft.explained.set(check, { ...entry, backAt: context.at });
    inquireAnew(draft, context, check);
    context.effects.push({ type: 'probe', checks: [check] });
  } else if (context.at >= entry.backAt + ownAfterMs) standAlone(draft, context, check, cell);
}

/** No dependency explains it: it gets an incident of its own, linked to those that it was affected in. */
function standAlone(draft: Draft, context: Context, check: string, cell: Cell): void {
  const entry = draft.explained.get(check);
  const before = entry?.incidents ?? [];
  const service = checkOf(context.rules, check)?.service ?? '';
  logDecision(context, 'failure stands for itself', { check, before });
  draft.explained.delete(check);
  confirm(draft, waitingConfirmation(check, cell), context, true);
  const own = draft.incidents.group(service).findLast((one) => isRunning(one) && one.failing.includes(check));
  if (entry !== undefined) {
    draft.explained.set(check, entry);
    endExplained(draft, context, check, context.at, own?.id);
  }
  if (own === undefined || before.length === 0) return;
  const linked = [...new Set([...own.linked, ...before])];
  update(draft, own.id, { linked }, { at: context.at, type: 'linked', facts: { to: before } });
}

function isFailing({ hard }: Cell): boolean {
  return hard !== null && hard !== 'up';
}
