import type {
  CheckRule,
  ContactRule,
  Hours,
  Level,
  MaintenanceRule,
  PriorityRule,
  Rules,
  ServiceRule,
} from '../../src/core/rules.ts';

const minute = 60_000;

/** Monday to Friday 08:00–18:00, as `office` is without being written. */
export const officeHours: Hours = {
  spans: Object.fromEntries([1, 2, 3, 4, 5].map((day) => [day, [{ from: 8 * 60, to: 18 * 60 }]])),
};

/** Hours that never close. */
export const always: Hours = {
  spans: Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ from: 0, to: 1440 }]])),
};

export function check(service: string, changes: Partial<CheckRule> = {}): CheckRule {
  const kind = changes.kind ?? 'http';
  const target = changes.target ?? 'example';
  return {
    key: `${service}/${kind}:${target}`,
    service,
    kind,
    target,
    category: 'web',
    local: false,
    passive: false,
    spawns: false,
    part: false,
    intervalMs: minute,
    timeoutMs: 10_000,
    retryIntervalMs: 30_000,
    failureThreshold: 3,
    successThreshold: 2,
    confirmForMs: 2 * minute,
    reopenWithinMs: 30 * minute,
    thresholds: [{ measure: 'used', sort: 'forewarning', worse: 'above', warning: 0.8, critical: 0.95 }],
    ...changes,
  };
}

export function service(name: string, changes: Partial<ServiceRule> = {}): ServiceRule {
  return { id: name, name, impact: 'medium', dependsOn: [], remedies: [], checks: [check(name)], ...changes };
}

export function contact(id: string, changes: Partial<ContactRule> = {}): ContactRule {
  return {
    id,
    language: 'en',
    channels: [{ id: 'email', kind: 'email', address: `${id}@office.example` }],
    away: [],
    outside: false,
    ...changes,
  };
}

export interface RulesInput {
  readonly services?: readonly ServiceRule[];
  readonly contacts?: readonly ContactRule[];
  readonly escalation?: Readonly<Record<string, readonly Level[]>>;
  readonly priorities?: Partial<Readonly<Record<'P1' | 'P2' | 'P3' | 'P4' | 'P5', PriorityRule>>>;
  readonly maintenance?: readonly MaintenanceRule[];
  readonly hours?: Readonly<Record<string, Hours>>;
  readonly rota?: Rules['rota'];
  readonly admin?: string;
  readonly timezone?: string;
  readonly startupGraceMs?: number;
}

/** An office of anna (admin), ben and the boss: anna at once, ben after 15 minutes, the boss after an hour, hourly. */
export function rules(input: RulesInput = {}): Rules {
  const contacts = input.contacts ?? [contact('anna'), contact('ben'), contact('boss')];
  const services = input.services ?? [service('Website', { impact: 'high' })];
  return {
    site: 'Test office',
    timezone: input.timezone ?? 'Europe/Berlin',
    language: 'en',
    ...(contacts[0] === undefined ? {} : { admin: input.admin ?? contacts[0].id }),
    startupGraceMs: input.startupGraceMs ?? 3 * minute,
    groupWaitMs: 30_000,
    hours: { office: officeHours, ...input.hours },
    contacts: Object.fromEntries(contacts.map((one) => [one.id, one])),
    rota: input.rota ?? {},
    escalation: {
      default: [
        { notify: ['owner'], afterMs: 0 },
        { notify: ['ben'], afterMs: 15 * minute },
        { notify: ['boss'], afterMs: 60 * minute, repeatMs: 60 * minute },
      ],
      ...input.escalation,
    },
    priorities: input.priorities ?? {},
    services: Object.fromEntries(
      [...services, service('incidentd', { category: 'monitoring', checks: [] })].map((one) => [one.id, one]),
    ),
    maintenance: input.maintenance ?? [],
    keep: {},
  };
}
