/** Dependencies that turn out to be down only after their dependents' incidents have opened. */
import { type Context, checkOf } from '../context.ts';
import { dependenciesOf } from '../dependencies.ts';
import type { Draft } from '../draft.ts';
import { type Incident, isRunning } from '../incident.ts';
import type { Cell } from '../record.ts';
import type { CheckRule } from '../rules.ts';
import { selfService } from '../rules.ts';
import { cutOffIncident, isCutOff, joinCutOff } from './cut-off.ts';
import { explainersOf } from './explain.ts';
import { carriersOf } from './held-open.ts';
import { confirm } from './life.ts';
import { merge } from './merge.ts';
import { outageOf, standingOf } from './standing.ts';
import { waitingConfirmation } from './windows.ts';

/** A dependency that is confirmed so much later takes its dependents' incidents in. */
const lateMs = 5 * 60_000;

/** Merges the outages of dependents into that of a dependency which has been confirmed within five minutes after them. */
export function mergeLate(draft: Draft, context: Context): void {
  for (const incident of draft.incidents.values()) {
    const { status, kind, service } = incident;
    if (
      status !== 'open' ||
      kind !== 'outage' ||
      carriersOf(draft, incident).length === 0 ||
      service === null ||
      service === selfService
    )
      continue;
    if (openedLast(incident) + lateMs < context.at) continue;
    const into = causeOf(draft, context, incident);
    if (into !== null) mergeInto(draft, context, incident, into);
  }
}

function openedLast({ openedAt, episode, timeline }: Incident): number {
  if (episode === 1) return openedAt;
  return timeline.findLast(({ type }) => type === 'reopened')?.at ?? openedAt;
}

/** The incident that explains all checks that another is about. */
function causeOf(draft: Draft, context: Context, incident: Incident): string | null {
  const checks = carriersOf(draft, incident).map((key) => ({ rule: checkOf(context.rules, key), cell: draft.cells.get(key) }));
  const known = checks.filter((one): one is { rule: CheckRule; cell: Cell } => one.rule !== undefined && one.cell !== undefined);
  const [first] = known;
  if (first === undefined || known.length < checks.length) return null;
  if (
    incident.failing.length > 0 &&
    known.every(({ rule }) => isCutOff(draft, rule)) &&
    cutOffIncident(draft)?.status !== 'recovering'
  )
    return joinAll(draft, context, known);
  if (known.some(({ rule, cell }) => explainersOf(context, rule, cell).length === 0)) return null;
  const services = explainersOf(context, first.rule, first.cell);
  const down = services.filter((service) => standingOf(draft, context, service) === 'down');
  const outages = down.flatMap((service) => outageOf(draft, service) ?? []);
  const root = outages.find(({ service }) => !outages.some((other) => isExplainedBy(context, service, other.service)));
  return root?.id ?? null;
}

function joinAll(draft: Draft, context: Context, checks: readonly { readonly rule: CheckRule }[]): string | null {
  return checks.map(({ rule }) => joinCutOff(draft, context, rule.key)).at(-1) ?? null;
}

function isExplainedBy({ rules }: Context, service: string | null, other: string | null): boolean {
  return service !== null && other !== null && dependenciesOf(service, rules).includes(other);
}

function mergeInto(draft: Draft, context: Context, incident: Incident, into: string): void {
  const target = draft.incidents.get(into);
  if (target === undefined || !isRunning(target)) return;
  for (const check of incident.failing) {
    const since = draft.cells.get(check)?.since ?? incident.startedAt;
    draft.explained.set(check, { since, until: context.at, awaits: [], incidents: [into], wasDown: true, backAt: null });
  }
  merge(draft, context, incident.id, into);
  goOnWithout(draft, context, incident);
}

/** Checks that the merged outage covered as they are only degraded stand for themselves, or are explained like it. */
function goOnWithout(draft: Draft, context: Context, { service, failing }: Incident): void {
  for (const { key } of context.rules.services[service ?? '']?.checks ?? []) {
    const cell = draft.cells.get(key);
    const isDegraded = cell?.hard === 'minor' || cell?.hard === 'major';
    if (cell !== undefined && isDegraded && !failing.includes(key)) confirm(draft, waitingConfirmation(key, cell), context);
  }
}
