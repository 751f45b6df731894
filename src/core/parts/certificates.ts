/** Warnings about one certificate are one incident, whichever checks and services see it. */
import { type Context, checkOf, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Transition } from '../event.ts';
import type { AffectedService, Incident } from '../incident.ts';
import { merge } from './merge.ts';
import { resolve } from './recovery.ts';

/** Warnings about the certificate that the check's state is about, not closed; null where it is about none. */
export function certificateWarnings(draft: Draft, { cell }: Pick<Transition, 'cell'>): readonly Incident[] | null {
  const fingerprint = cell.certificate?.fingerprint;
  if (fingerprint === undefined) return null;
  return draft.incidents.group(fingerprint).filter(({ kind, status }) => kind === 'warning' && status !== 'closed');
}

/** True where a warning is not about the certificate that the check sees now. */
export function isAboutAnother({ fingerprint }: Incident, { cell }: Pick<Transition, 'cell'>): boolean {
  return fingerprint !== null && cell.certificate !== undefined && cell.certificate.fingerprint !== fingerprint;
}

/** The check sees another certificate, which is bad as well: the old one's warning goes on for other checks, or is over. */
export function leaveReplaced(draft: Draft, context: Context, warnings: readonly Incident[], { check }: Transition): void {
  for (const { id, failing } of warnings) {
    if (failing.includes(check)) withdraw(draft, context, id, check);
    if (draft.incidents.get(id)?.failing.length === 0) resolve(draft, context, id, { why: 'certificate-replaced' });
  }
}

/** True where checks of other services carry the warning, too, or began it. */
export function isShared({ service, failing }: Incident, context: Context, own: string): boolean {
  return service !== own || failing.some((key) => checkOf(context.rules, key)?.service !== own);
}

/** The check of a shared warning went down: its own service's outage covers it; with the last one the warning goes there, too. */
export function handOver(draft: Draft, context: Context, warning: Incident, outage: string, check: string): void {
  if (warning.failing.some((key) => key !== check)) withdraw(draft, context, warning.id, check);
  else merge(draft, context, warning.id, outage);
}

function withdraw(draft: Draft, context: Context, id: string, check: string): void {
  const incident = draft.incidents.get(id);
  if (incident === undefined) return;
  const failing = incident.failing.filter((key) => key !== check);
  update(draft, id, { failing, affected: affectedNow(incident, failing, context) });
}

/** Services besides the incident's own whose checks carry it, each with its own from and to. */
export function affectedNow(
  { service, affected }: Incident,
  failing: readonly string[],
  { at, rules }: Context,
): readonly AffectedService[] {
  const now = new Set(failing.map((key) => checkOf(rules, key)?.service).filter((id) => id !== undefined && id !== service));
  const ended = affected.map((one) => (one.to === null && !now.has(one.service) ? { ...one, to: at } : one));
  const running = new Set(ended.filter(({ to }) => to === null).map((one) => one.service));
  const begun = [...now].filter((id) => id !== undefined && !running.has(id));
  return [...ended, ...begun.map((id = '') => ({ service: id, name: rules.services[id]?.name ?? id, from: at, to: null }))];
}
