import type { Grade, Status } from '../core/observation.ts';
import { isFinal } from '../core/parts/collect.ts';
import { type RefusedRecipient, refusedNow } from '../core/people.ts';
import type { LiveRecord } from '../core/record.ts';
import { type Rules, type ServiceRule, selfService } from '../core/rules.ts';
import type { CheckView } from '../engine/engine.ts';
import type { IncidentJson } from '../texts/incident-json.ts';
import { byUrgency, openIncidents } from './incidents.ts';
import { iso, isoOrNull } from './iso.ts';

export interface CheckJson {
  /** Its identity within the service. */
  readonly name: string;
  readonly kind: string;
  readonly target: string;
  /** The confirmed state; `unknown` before the first result, and for what was up and a running daemon does not observe any more. */
  readonly status: Status;
  readonly since: string | null;
  /** Failing, and not confirmed yet. */
  readonly soft: boolean;
  readonly stale: boolean;
  /** Outside its `watch` hours it is not observed. */
  readonly watched: boolean;
  readonly lastAt: string | null;
  readonly message: string;
}

export interface ServiceJson {
  readonly id: string;
  readonly name: string;
  /** The worst of its checks: down, degraded, unknown, up; without checks unknown. */
  readonly status: Status;
  readonly since: string | null;
  readonly soft: boolean;
  readonly stale: boolean;
  /** Until when it is in maintenance; null when it is not. */
  readonly maintenanceUntil: string | null;
  readonly checks: readonly CheckJson[];
}

export interface StatusJson {
  readonly at: string;
  /** What is decided cannot be written down at present. */
  readonly degraded: boolean;
  readonly services: readonly ServiceJson[];
  /** Those that are not closed, the most urgent first. */
  readonly incidents: readonly IncidentJson[];
  /** Mails that have not left yet. */
  readonly outbox: { readonly pending: number; readonly oldestAt: string | null };
  /** Who is passed over on a channel, as messages there have been refused for good. */
  readonly refused: readonly RefusedJson[];
}

export interface RefusedJson {
  readonly to: string;
  readonly channel: string;
  readonly since: string;
  /** From then on it is tried again, where no change of the configuration comes first. */
  readonly until: string;
}

/** What the status is read from: a running engine, or a folder that one left behind. */
export interface StatusView {
  readonly rules: Rules;
  readonly record: LiveRecord;
  readonly degraded: boolean;
  /** Epoch ms. */
  readonly now: number;
  /** Nobody looks any more: what was up last is told as that, and as stale. */
  readonly isLeftBehind?: true;
  checks(service: string): readonly CheckView[];
  maintenance(service: string): { readonly to: number } | null;
}

/** Services, open incidents and the queue of unsent mails. */
export function statusJson(view: StatusView): StatusJson {
  const { rules, record, degraded, now } = view;
  const services = Object.values(rules.services).filter(({ id }) => id !== selfService);
  const pending = [...record.outbox.values()].filter((entry) => !isFinal(entry));
  return {
    at: iso(now),
    degraded,
    services: services.map((service) => serviceJson(service, view)),
    incidents: openIncidents(record, rules, now).toSorted(byUrgency),
    outbox: {
      pending: pending.length,
      oldestAt: pending.length === 0 ? null : iso(pending.reduce((oldest, { at }) => Math.min(oldest, at), now)),
    },
    refused: refusedNow(record.refused, now).map(refusedJson),
  };
}

function refusedJson({ contact, channel, since, until }: RefusedRecipient): RefusedJson {
  return { to: contact, channel, since: iso(since), until: iso(until) };
}

/** From mild to bad: a service is as bad as its worst check. */
const order: readonly Status[] = ['up', 'unknown', 'degraded', 'down'];

const statusOfGrade: Readonly<Record<Grade, Status>> = { up: 'up', minor: 'degraded', major: 'degraded', down: 'down' };

function serviceJson({ id, name }: ServiceRule, view: StatusView): ServiceJson {
  const views = view.checks(id);
  const seen = views.map((check) => statusOf(check, view));
  const status = seen.reduce<Status>((worst, one) => (rank(one.status) > rank(worst) ? one.status : worst), 'up');
  const checks = views.map((check) => checkJson(check, view));
  return {
    id,
    name,
    status: views.length === 0 ? 'unknown' : status,
    since: isoOrNull(
      begin(
        seen.flatMap((one) => (one.status === status && one.since !== null ? one.since : [])),
        status,
      ),
    ),
    soft: checks.some(({ soft }) => soft),
    stale: checks.some(({ stale }) => stale),
    maintenanceUntil: isoOrNull(view.maintenance(id)?.to ?? null),
    checks,
  };
}

function checkJson(check: CheckView, view: StatusView): CheckJson {
  const { rule, cell, stale, watched } = check;
  const { status, since } = statusOf(check, view);
  return {
    name: rule.key.slice(rule.service.length + 1),
    kind: rule.kind,
    target: rule.target,
    status,
    since: isoOrNull(since),
    soft: cell.suspect,
    stale,
    watched,
    lastAt: isoOrNull(cell.lastAt),
    message: cell.last?.message ?? '',
  };
}

/** The confirmed state. A failure stays one until it is over; a daemon does not claim what was up to be so when it does not look. */
function statusOf(
  { cell, stale }: CheckView,
  { isLeftBehind }: StatusView,
): { readonly status: Status; readonly since: number | null } {
  if (cell.hard === null) return { status: 'unknown', since: null };
  const isInDoubt = cell.unwatched || (stale && !isLeftBehind);
  if (cell.hard === 'up' && isInDoubt) return { status: 'unknown', since: cell.lastKnownAt };
  return { status: statusOfGrade[cell.hard], since: cell.since };
}

/** A service is up since the last of its checks is, and bad since the first of them is. */
function begin(times: readonly number[], status: Status): number | null {
  if (times.length === 0) return null;
  return status === 'up' ? Math.max(...times) : Math.min(...times);
}

function rank(status: Status): number {
  return order.indexOf(status);
}
