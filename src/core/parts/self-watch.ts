import { type Context, checkOf, incidentsOf, type Part, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';
import { selfService } from '../rules.ts';
import { inMaintenance } from './gate.ts';
import { add, type Failure } from './open.ts';
import { startRecovery } from './recovery.ts';
import { reopenFor } from './reopen.ts';

/**
 * Checks that cannot be run join one incident of the service `incidentd`; when all are watched again it recovers.
 * What cannot be seen of a service in maintenance waits for the end of the window.
 */
export const watchSelf: Part<'transition'> = (draft, { transition }, context) => {
  const { type, check, cell, observation } = transition;
  if (type !== 'unwatched') {
    if (!cell.unwatched) leaveUnwatched(draft, context, check);
  } else if (inMaintenance(draft, context, checkOf(context.rules, check)?.service ?? '')) {
    draft.held.set(check, 'maintenance');
  } else joinUnwatched(draft, context, check, observation.message);
};

const evidenceLimit = 8;

/** A check is not watched: it opens, joins or reopens the incident about that. */
export function joinUnwatched(draft: Draft, context: Context, check: string, message: string): void {
  const { at } = context;
  const known = incidentsOf(draft, selfService).find((incident) => incident.cause.code === 'not-watched');
  if (known === undefined) openUnwatched(draft, context, check, message);
  else if (known.status === 'resolved') {
    const failure = failureOf(context, check, message);
    reopenFor(draft, context, known.id, { check, since: at, text: message, failure });
  } else {
    update(
      draft,
      known.id,
      {
        failing: withCheck(known.failing, check),
        checks: withCheck(known.checks, check),
        cause: { ...known.cause, evidence: withEvidence(known, check, message) },
        ...backToOpen(known),
      },
      { at, type: 'check-failed', text: message, facts: { check, grade: 'unknown', code: 'not-watched' } },
    );
  }
}

function openUnwatched(draft: Draft, context: Context, check: string, message: string): void {
  add(draft, context, {
    ...failureOf(context, check, message),
    service: selfService,
    serviceName: selfService,
    failing: [check],
    checks: [check],
    headline: { code: 'not-watched' },
    source: 'check',
    startedAt: context.at,
    downSince: null,
    costPerHour: null,
  });
}

function failureOf({ rules }: Context, check: string, message: string): Failure {
  return {
    kind: 'warning',
    cause: { code: 'not-watched', evidence: [evidenceOf(check, message)] },
    severity: 'minor',
    category: 'monitoring',
    impact: rules.services[selfService]?.impact ?? 'medium',
  };
}

function evidenceOf(check: string, message: string): string {
  return `${check}: ${message === '' ? 'no result' : message}`;
}

/** A line for each check, its newest; as many as a mail shows of one incident. */
function withEvidence({ cause, failing }: Incident, check: string, message: string): readonly string[] {
  const others = cause.evidence.filter((line) => failing.some((key) => key !== check && line.startsWith(`${key}: `)));
  return [...others, evidenceOf(check, message)].slice(0, evidenceLimit);
}

function withCheck(list: readonly string[], check: string): readonly string[] {
  return list.includes(check) ? list : [...list, check];
}

function backToOpen({ status }: Incident): Partial<Incident> {
  return status === 'recovering' ? { status: 'open', recoveringSince: null, recoveredAt: null } : {};
}

/** A check is watched again, or is no longer in the configuration. */
export function leaveUnwatched(draft: Draft, context: Context, check: string): void {
  for (const incident of incidentsOf(draft, selfService)) {
    if (incident.cause.code !== 'not-watched' || !incident.failing.includes(check)) continue;
    const failing = incident.failing.filter((key) => key !== check);
    const facts = { check, grade: 'up', code: 'not-watched' };
    update(draft, incident.id, { failing }, { at: context.at, type: 'check-recovered', facts });
    if (failing.length === 0 && incident.status === 'open') startRecovery(draft, context, incident.id, context.at);
  }
}
