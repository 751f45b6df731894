/** Services that an incident affects besides its own: those that share it, and those whose failure it explains. */
import { type Context, checkOf, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { AffectedService, Incident } from '../incident.ts';

/** Services besides the incident's own whose checks carry it, or are explained by it, each with its own from and to. */
export function affectedNow(
  draft: Draft,
  { id, service, affected }: Incident,
  failing: readonly string[],
  { at, rules }: Context,
): readonly AffectedService[] {
  const carrying = failing.map((key) => checkOf(rules, key)?.service);
  const now = new Set([...carrying, ...explainedBy(draft, id, rules)].filter((one) => one !== undefined && one !== service));
  const ended = affected.map((one) => (one.to === null && !now.has(one.service) ? { ...one, to: Math.max(one.from, at) } : one));
  const running = new Set(ended.filter(({ to }) => to === null).map((one) => one.service));
  const begun = [...now].filter((one) => one !== undefined && !running.has(one));
  return [...ended, ...begun.map((one = '') => ({ service: one, name: rules.services[one]?.name ?? one, from: at, to: null }))];
}

function explainedBy(draft: Draft, incident: string, rules: Context['rules']): (string | undefined)[] {
  const entries = draft.explained.entries().filter(([, { incidents }]) => incidents.includes(incident));
  return entries.map(([check]) => checkOf(rules, check)?.service);
}

/** All of them with their ends: those that are running end at `at`. */
export function allEnded({ affected }: Incident, at: number): readonly AffectedService[] {
  return affected.map((one) => (one.to === null ? { ...one, to: Math.max(one.from, at) } : one));
}

/** Services whose failure an incident explains from now on, each since its first bad observation. */
export function addAffected(draft: Draft, context: Context, id: string, services: ReadonlyMap<string, number>): boolean {
  const incident = draft.incidents.get(id);
  if (incident === undefined) return false;
  const running = new Set(incident.affected.filter(({ to }) => to === null).map(({ service }) => service));
  const begun = [...services].filter(([service]) => !running.has(service) && service !== incident.service);
  if (begun.length === 0) return false;
  const { at, rules } = context;
  const added = begun.map(([service, from]) => ({ service, name: rules.services[service]?.name ?? service, from, to: null }));
  const facts = { services: added.map(({ name }) => name) };
  update(draft, id, { affected: [...incident.affected, ...added] }, { at, type: 'affected', facts });
  return true;
}

/** A service is no longer affected since `to`; `into`: the incident of its own that it has now. */
export function endAffected(draft: Draft, context: Context, id: string, service: string, to: number, into?: string): void {
  const incident = draft.incidents.get(id);
  if (incident === undefined) return;
  const affected = incident.affected.map((one) =>
    one.service === service && one.to === null ? { ...one, to: Math.max(one.from, to) } : one,
  );
  const name = context.rules.services[service]?.name ?? service;
  const entry = { at: context.at, type: 'affected-ended', facts: { services: [name], into: into ?? '' } } as const;
  update(draft, id, { affected }, into === undefined || incident.status === 'closed' ? undefined : entry);
}
