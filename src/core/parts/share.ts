/** Which checks and services share a warning, and coming and going among them. */
import { type Context, checkOf, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';
import type { Cell } from '../record.ts';
import { affectedNow } from './affected.ts';
import { recategorize } from './categorization.ts';
import { certificateOf, sentenceOf } from './open.ts';

/** Warnings about the certificate that the check's trouble is about, not closed; null where it is about none. */
export function certificateWarnings(draft: Draft, cell: Cell | undefined): readonly Incident[] | null {
  const fingerprint = certificateOf(cell);
  if (fingerprint === null) return null;
  return draft.incidents.group(fingerprint).filter(({ kind, status }) => kind === 'warning' && status !== 'closed');
}

/** True where checks of other services carry the warning, too, or began it. */
export function isShared({ service, failing }: Incident, context: Context, own: string): boolean {
  return service !== own || failing.some((key) => checkOf(context.rules, key)?.service !== own);
}

/** What an incident is made of that was a shared warning and becomes the outage of its own service: the others' checks go on without it. */
export function ofOwnService({ service, checks }: Incident, { rules }: Context): Pick<Incident, 'checks' | 'fingerprint'> {
  return { checks: checks.filter((key) => checkOf(rules, key)?.service === service), fingerprint: null };
}

/** A check that is degraded already carries a running warning with others, in silence. */
export function takeIn(draft: Draft, context: Context, incident: Incident, check: string): void {
  const cell = draft.cells.get(check);
  const code = cell?.last?.reason ?? 'unknown';
  const failing = [...new Set([...incident.failing, check])];
  update(
    draft,
    incident.id,
    {
      status: 'open',
      recoveringSince: null,
      recoveredAt: null,
      failing,
      checks: [...new Set([...incident.checks, check])],
      affected: affectedNow(draft, incident, failing, context),
    },
    {
      at: context.at,
      type: 'check-failed',
      text: cell?.last?.message ?? '',
      facts: { check, grade: cell?.hard ?? 'minor', code },
      ...sentenceOf(context, check, code),
    },
  );
  recategorize(draft, context, incident.id);
}

/** A check leaves a warning that goes on for others. */
export function withdraw(draft: Draft, context: Context, id: string, check: string): void {
  const incident = draft.incidents.get(id);
  if (incident === undefined) return;
  const failing = incident.failing.filter((key) => key !== check);
  update(draft, id, { failing, affected: affectedNow(draft, incident, failing, context) });
}
