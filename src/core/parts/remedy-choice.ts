/** Which remedy may be tried, and when. */
import { type Context, serviceOf } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';
import type { RemedyRule, Rules } from '../rules.ts';
import { isWithinBudget, remedyOf } from './remedy-budget.ts';
import { currentRuns, isUnderWay, wasInVain } from './remedy-runs.ts';
import { improvingUntil } from './remedy-verdict.ts';

/** Levels wait for a remedy that is tried first, at most this long. */
const firstMs = 2 * 60_000;

/** True while remedies may be run: it fails, nobody has it, it is not paused, nobody says that it is fixed. */
export function maySuit(incident: Incident): boolean {
  const { kind, status, acknowledged, pausedAt, failing, resolveClaim } = incident;
  const isHandled = acknowledged !== null || pausedAt !== null || resolveClaim !== null;
  return kind !== 'report' && status === 'open' && !isHandled && failing.length > 0;
}

/** True while failures are confirmed afresh after our own outage: what was asked for waits. */
export function isBeingVerified({ verifyUntil }: Incident, at: number): boolean {
  return verifyUntil !== null && verifyUntil > at;
}

/** True when a new run may be requested: besides, its cause has been looked into, and it is not on its way back by itself. */
export function mayTry(draft: Draft, context: Context, incident: Incident): boolean {
  const { briefing } = incident;
  const { at } = context;
  if (!maySuit(incident) || isBeingVerified(incident, at) || incident.remedies.some(isUnderWay)) return false;
  if (briefing?.awaits === 'diagnosis' && briefing.until > at) return false;
  return improvingUntil(draft, context, incident) <= at;
}

export function suits({ when }: RemedyRule, { cause }: Incident): boolean {
  return when === 'any' || when.includes(cause.code);
}

/**
 * `number`: its place in the service's list, from 1. `none`: nothing is allowed for this cause; `busy`: what is allowed runs
 * for another incident, or has failed just now.
 */
export type Choice =
  | { readonly type: 'try'; readonly rule: RemedyRule; readonly number: number }
  | { readonly type: 'none' | 'busy' | 'exhausted' };

/** The next remedy: those in list order that have been tried least in this episode, as far as their budgets allow. */
export function choose(draft: Draft, context: Context, incident: Incident): Choice {
  const listed = (serviceOf(context.rules, incident)?.remedies ?? []).map((rule, index) => ({ rule, number: index + 1 }));
  const suitable = listed.filter(({ rule }) => suits(rule, incident));
  if (suitable.length === 0) return { type: 'none' };
  const idle = suitable.filter(
    ({ rule }) => !isBusyElsewhere(draft, incident, rule) && restsUntil(incident, rule, context.at) === null,
  );
  const tries = ({ key }: RemedyRule) => currentRuns(incident).filter((run) => run.remedy === key && wasInVain(run)).length;
  const free = idle
    .filter(({ rule }) => isWithinBudget(draft, rule, context.at))
    .toSorted((one, other) => tries(one.rule) - tries(other.rule));
  if (free[0] !== undefined) return { type: 'try', ...free[0] };
  return { type: idle.length < suitable.length ? 'busy' : 'exhausted' };
}

/** Two incidents of a service never run the same remedy at once. */
function isBusyElsewhere(draft: Draft, { id, service }: Incident, { key }: RemedyRule): boolean {
  return draft.incidents
    .group(service ?? '')
    .some((other) => other.id !== id && other.remedies.some((run) => run.remedy === key && isUnderWay(run)));
}

/** A remedy that could not be run, or failed, is left alone for the time that it would have been given to help; null: it is not. */
export function restsUntil({ remedies }: Incident, { key, waitMs }: RemedyRule, at: number): number | null {
  const last = remedies.findLast((run) => run.remedy === key && run.state !== 'withdrawn');
  if (last?.state !== 'failed' || last.endedAt === null) return null;
  const until = last.endedAt + waitMs;
  return last.endedAt <= at && at < until ? until : null;
}

/**
 * Until when levels wait for a remedy that is tried first: two minutes from the opening at most, never for a P1, and not
 * once somebody has been told.
 */
export function holdUntil({ priority, status, escalation, remedies }: Incident, rules: Rules, at: number): number | null {
  if (priority === 'P1' || status !== 'open' || escalation.level > 0) return null;
  const isFirst = remedies.some((run) => isUnderWay(run) && remedyOf(rules, run.remedy)?.first === true);
  const until = escalation.baseAt + firstMs;
  return isFirst && until > at ? until : null;
}
