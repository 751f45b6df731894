import { type Context, incidentsOf, type Part, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import { selfService } from '../rules.ts';
import { add } from './open.ts';
import { startRecovery } from './recovery.ts';

/** Checks that cannot be run join one incident of the service `incidentd`; when all are watched again it recovers. */
export const watchSelf: Part<'transition'> = (draft, { transition }, context) => {
  if (transition.type === 'unwatched') join(draft, context, transition.check, transition.observation.message);
  else if (isCarried(draft, transition.check) && !transition.cell.unwatched) leave(draft, context, transition.check);
};

function isCarried(draft: Draft, check: string): boolean {
  return incidentsOf(draft, selfService).some((incident) => incident.failing.includes(check));
}

function join(draft: Draft, context: Context, check: string, message: string): void {
  const { at, rules } = context;
  const entry = { at, type: 'check-failed', text: message, facts: { check, grade: 'unknown', code: 'not-watched' } } as const;
  const known = incidentsOf(draft, selfService).find(
    (incident) => incident.status !== 'resolved' && incident.cause.code === 'not-watched',
  );
  if (known !== undefined) {
    const failing = [...new Set([...known.failing, check])];
    const checks = [...new Set([...known.checks, check])];
    update(draft, known.id, { failing, checks, status: 'open', recoveringSince: null, recoveredAt: null }, entry);
    return;
  }
  const impact = rules.services[selfService]?.impact ?? 'medium';
  add(draft, context, {
    kind: 'warning',
    service: selfService,
    serviceName: selfService,
    failing: [check],
    checks: [check],
    headline: { code: 'not-watched' },
    severity: 'minor',
    impact,
    category: 'monitoring',
    source: 'check',
    cause: { code: 'not-watched', evidence: [`${check}: ${message === '' ? 'no result' : message}`] },
    startedAt: at,
    downSince: null,
    costPerHour: null,
  });
}

/** A check is watched again, or is no longer in the configuration. */
export function leave(draft: Draft, context: Context, check: string): void {
  for (const incident of incidentsOf(draft, selfService)) {
    if (!incident.failing.includes(check)) continue;
    const failing = incident.failing.filter((key) => key !== check);
    update(
      draft,
      incident.id,
      { failing },
      {
        at: context.at,
        type: 'check-recovered',
        facts: { check, grade: 'up', code: 'not-watched' },
      },
    );
    if (failing.length === 0 && incident.status === 'open') startRecovery(draft, context, incident.id, context.at);
  }
}
