/** Warnings about one certificate are one incident, whichever checks and services see it. */
import type { Context } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Transition } from '../event.ts';
import type { Incident } from '../incident.ts';
import { merge } from './merge.ts';
import { resolve } from './recovery.ts';
import { withdraw } from './share.ts';

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

/** The check of a shared warning went down: its own service's outage covers it; with the last one the warning goes there, too. */
export function handOver(draft: Draft, context: Context, warning: Incident, outage: string, check: string): void {
  if (warning.failing.some((key) => key !== check)) withdraw(draft, context, warning.id, check);
  else merge(draft, context, warning.id, outage);
}
