import { type Context, checkOf, logDecision, type Part, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import { forgetSuspicion, verifyAgain } from '../observe.ts';
import { resumeDelivery } from './deliver.ts';
import { endDowntime } from './downtime.ts';
import { carriersOf } from './held-open.ts';

/** A gap shorter than this is not worth a line in an incident's log, and does not end a row of observations. */
const mentionedMs = 60_000;

/** A new life begins: what the last one left undone goes on, and the time in between counts as unknown. */
export const start: Part<'started'> = (draft, { aliveAt }, context) => {
  resumeDelivery(draft, context);
  if (aliveAt === null) return;
  const rebooted = context.now.boot > aliveAt;
  if (rebooted) draft.graceUntil = Math.max(draft.graceUntil, context.now.boot + context.rules.startupGraceMs);
  skipGap(draft, context, Math.min(aliveAt, context.at), context.at);
};

/** The machine slept: like a restart, with the grace of a resume. */
export const wake: Part<'slept'> = (draft, { from, to }, context) => {
  draft.graceUntil = Math.max(draft.graceUntil, to + context.rules.startupGraceMs);
  skipGap(draft, context, from, to);
};

function skipGap(draft: Draft, context: Context, from: number, to: number): void {
  const isLong = to - from >= mentionedMs;
  for (const incident of draft.incidents.values()) {
    if (incident.status === 'closed' || incident.status === 'resolved') continue;
    const stopped = endDowntime(incident, from);
    const runsOn = incident.downSince !== null && incident.status === 'open';
    const recoveringSince = incident.recoveringSince === null ? null : incident.recoveringSince + Math.max(0, to - from);
    const entry = { at: context.at, type: 'watching-resumed', facts: { from, to } } as const;
    const changes = { ...stopped, downSince: runsOn ? to : null, recoveringSince };
    update(draft, incident.id, changes, isLong ? entry : undefined);
  }
  const checks = [...draft.cells.current.keys()];
  verifyFailures(draft, context, checks);
  if (isLong) forgetSuspicions(draft, context, checks);
  logDecision(context, 'watching resumed', { from, to });
}

/** Failures known from before must be confirmed again; until then, and at most for a bounded time, nothing escalates. */
export function verifyFailures(draft: Draft, context: Context, checks: readonly string[]): void {
  const verified = new Set<string>();
  for (const key of checks) {
    const cell = draft.cells.get(key);
    if (cell === undefined) continue;
    const verifying = verifyAgain(cell);
    draft.cells.set(key, verifying);
    if (verifying.verifying || verifying.suspect || verifying.flapping === true) verified.add(key);
  }
  if (verified.size === 0) return;
  context.effects.push({ type: 'adopt-cells', checks: [...verified] }, { type: 'probe', checks: [...verified] });
  for (const incident of draft.incidents.values()) {
    const carriers = carriersOf(draft, incident);
    if (incident.status !== 'open' || !carriers.some((key) => verified.has(key))) continue;
    // A daemon that starts again and again must not be kept silent by it: the first bound holds.
    const verifyUntil = incident.verifyUntil ?? context.at + verificationMs(carriers, context);
    update(draft, incident.id, { verifyUntil });
  }
}

/** Rows that have not confirmed anything yet begin anew. */
export function forgetSuspicions(draft: Draft, context: Context, checks: readonly string[]): void {
  const forgotten: string[] = [];
  for (const key of checks) {
    const cell = draft.cells.get(key);
    const fresh = cell === undefined ? undefined : forgetSuspicion(cell);
    if (fresh === undefined || fresh === cell) continue;
    draft.cells.set(key, fresh);
    forgotten.push(key);
  }
  if (forgotten.length === 0) return;
  context.effects.push({ type: 'adopt-cells', checks: forgotten }, { type: 'probe', checks: forgotten });
}

/** Twice the time that confirming takes, so that a check that cannot be run does not silence escalation for good. */
function verificationMs(checks: readonly string[], { rules }: Context): number {
  const each = checks
    .map((key) => checkOf(rules, key))
    .filter((rule) => rule !== undefined)
    .map((rule) => rule.failureThreshold * rule.retryIntervalMs + rule.timeoutMs);
  return 2 * Math.max(30_000, ...each);
}
