/** Whether a remedy has helped: only the checks say so. */
import type { Context } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';
import type { RemedyRun } from '../remedy.ts';
import { changeRun, endRun, failingRules, runOf } from './remedy-runs.ts';

/** A run that has said nothing for so long was never started, or its end was lost. */
export const lostAfterMs = 5 * 60_000;
/** Beside its timeout, a look that was asked for may take this long to begin and to be told. */
const lookSlackMs = 2_000;

/**
 * Judges the run under way, where there is one to be judged. Recovering since it was started: it has helped. Else, once
 * it has had its time, each check is looked at once more; while the last look was good the next ones are waited for.
 */
export function judgeRun(draft: Draft, context: Context, incident: Incident): void {
  const run = incident.remedies.find(({ state }) => state === 'running' || state === 'waiting');
  if (run === undefined) return;
  if (run.state === 'running') abandonLost(draft, context, incident, run);
  else if (incident.status !== 'open') judgeByEnd(draft, context, incident, run);
  else if (!isUnclear(incident, context)) judgeWhileOpen(draft, context, incident, run);
}

function abandonLost(draft: Draft, context: Context, { id }: Incident, run: RemedyRun): void {
  if ((run.startedAt ?? 0) + lostAfterMs > context.at) return;
  endRun(draft, context, id, { ...run, outcome: 'how it ended is not known' }, 'uncertain');
}

/** What was back before the remedy began was not mended by it; where no recovery was seen, nobody can tell. */
function judgeByEnd(draft: Draft, context: Context, incident: Incident, run: RemedyRun): void {
  const { id, recoveredAt } = incident;
  const isUnseen = recoveredAt === null || incident.mergedInto !== null;
  const helped = (recoveredAt ?? 0) >= (run.startedAt ?? 0);
  endRun(draft, context, id, run, isUnseen ? 'uncertain' : helped ? 'helped' : 'no-effect');
}

/** In maintenance, and while failures are confirmed afresh, checks have no verdict. */
function isUnclear({ pausedAt, verifyUntil }: Incident, { at }: Context): boolean {
  return pausedAt !== null || (verifyUntil !== null && verifyUntil > at);
}

function judgeWhileOpen(draft: Draft, context: Context, incident: Incident, run: RemedyRun): void {
  const { at } = context;
  if ((run.judgeAt ?? 0) > at) return;
  const { id, failing } = incident;
  const improving = improvingUntil(draft, context, incident);
  if (improving > at) changeRun(draft, id, { ...run, judgeAt: improving });
  else if (run.awaits === undefined) {
    const lookMs = Math.max(0, ...failingRules(incident, context).map(({ timeoutMs }) => timeoutMs)) + lookSlackMs;
    changeRun(draft, id, { ...run, awaits: failing, judgeAt: at + lookMs });
    context.effects.push({ type: 'probe', checks: failing, since: at });
  } else endRun(draft, context, id, run, 'no-effect');
}

/** A check that a run's verdict waits for has been looked at; with the last one the run is judged. */
export function noteLastLook(draft: Draft, context: Context, check: string): void {
  const { at } = context;
  for (const incident of draft.incidents.values()) {
    const run = incident.remedies.find(({ state, awaits }) => state === 'waiting' && awaits?.includes(check) === true);
    if (run === undefined) continue;
    const awaits = (run.awaits ?? []).filter((key) => key !== check);
    changeRun(draft, incident.id, { ...run, awaits, judgeAt: awaits.length === 0 ? at : run.judgeAt });
  }
}

/**
 * Until when more good looks may be expected, where the last look at each failing check was good: a recovery takes a row of
 * them. In the past where one was not.
 */
export function improvingUntil(draft: Draft, context: Context, incident: Incident): number {
  const { kind, failing } = incident;
  const rules = failingRules(incident, context);
  if (rules.length < failing.length || rules.length === 0) return 0;
  const each = rules.map(({ key, retryIntervalMs, timeoutMs }) => {
    const newest = draft.cells.get(key)?.row.at(-1);
    const isGood = newest !== undefined && (newest.grade === 'up' || (kind === 'outage' && newest.grade !== 'down'));
    return isGood ? newest.at + 1.5 * retryIntervalMs + timeoutMs + lookSlackMs : 0;
  });
  return Math.min(...each);
}

/** The daemon has ended while these ran: nobody knows what came of them, and they are never started again. */
export function abandonRunning(draft: Draft, context: Context): void {
  for (const { id, remedies } of draft.incidents.values()) {
    for (const { key, state } of remedies) {
      const found = state === 'running' ? runOf(draft, key) : undefined;
      if (found === undefined) continue;
      endRun(draft, context, id, { ...found.run, outcome: 'incidentd ended while it ran' }, 'uncertain');
    }
  }
}
