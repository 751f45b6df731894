import type { Incident } from '../../src/core/incident.ts';
import type { Notification } from '../../src/core/notification.ts';
import type { ContactRule, Language, Level, Rules, ServiceRule } from '../../src/core/rules.ts';
import type { Message } from '../../src/texts/message.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;

/** Tuesday, 14:05 in Berlin. */
export const start = Temporal.Instant.from('2026-05-12T12:05:00Z').epochMilliseconds;

function contact(id: string, changes: Partial<ContactRule> = {}): ContactRule {
  const address = `${id}@kanzlei.example`;
  return { id, language: 'en', channels: [{ id: 'email', kind: 'email', address }], away: [], outside: false, ...changes };
}

function service(id: string, changes: Partial<ServiceRule> = {}): ServiceRule {
  return { id, name: id, impact: 'high', dependsOn: [], checks: [], remedies: [], ...changes };
}

const levels: readonly Level[] = [
  { notify: ['owner'], afterMs: 0 },
  { notify: ['boss'], afterMs: 15 * minuteMs },
  { notify: ['firm'], afterMs: hourMs, repeatMs: hourMs },
];

export function rules(changes: Partial<Rules> = {}): Rules {
  return {
    site: 'Kanzlei Sommer',
    timezone: 'Europe/Berlin',
    language: 'en',
    admin: 'anna',
    startupGraceMs: 0,
    groupWaitMs: 30_000,
    hours: { office: { spans: { 1: [{ from: 480, to: 1080 }], 2: [{ from: 480, to: 1080 }] } } },
    contacts: Object.fromEntries(['anna', 'boss', 'firm'].map((id) => [id, contact(id)])),
    rota: {},
    escalation: { default: levels },
    priorities: {},
    services: {
      Website: service('Website', {
        owner: 'anna',
        runbook: { text: '1. Look at the status page\n2. systemctl status nginx', sections: [] },
      }),
    },
    maintenance: [],
    keep: {},
    ...changes,
  };
}

/** An open P1: the website's port has been closed since `start`. */
export function incident(changes: Partial<Incident> = {}): Incident {
  return {
    id: 'INC-2026-0042',
    kind: 'outage',
    status: 'open',
    flapping: false,
    recurring: false,
    service: 'Website',
    serviceName: 'Website',
    failing: ['Website/http:https://www.kanzlei.example'],
    checks: ['Website/http:https://www.kanzlei.example'],
    headline: { code: 'port-closed' },
    severity: 'critical',
    impact: 'high',
    priority: 'P1',
    category: 'web',
    source: 'check',
    fingerprint: null,
    affected: [],
    cause: { code: 'port-closed', evidence: ['10.0.0.5:443 refuses connections'] },
    diagnosis: null,
    known: null,
    briefing: null,
    remedies: [],
    remedyUntil: null,
    linked: [],
    acknowledged: null,
    escalation: {
      policy: 'default',
      baseAt: start,
      level: 1,
      told: [{ at: start, reminders: 0 }],
      stepwise: false,
      exhausted: false,
    },
    episode: 1,
    startedAt: start,
    openedAt: start + minuteMs,
    recoveredAt: null,
    resolvedAt: null,
    closedAt: null,
    downtimeMs: 0,
    downSince: start,
    recoveringSince: null,
    closeAt: null,
    pausedAt: null,
    verifyUntil: null,
    resolveClaim: null,
    resolution: null,
    reporters: [],
    lastActAt: start,
    mergedInto: null,
    mergedFrom: [],
    timeline: [{ at: start + minuteMs, type: 'opened', facts: { priority: 'P1', code: 'port-closed' } }],
    costPerHour: null,
    ...changes,
  };
}

/** The same incident, resolved after an hour and a half. */
export function resolved(changes: Partial<Incident> = {}): Incident {
  const end = start + 90 * minuteMs;
  return incident({
    status: 'resolved',
    recoveredAt: end,
    resolvedAt: end + 2 * minuteMs,
    downtimeMs: 90 * minuteMs,
    downSince: null,
    failing: [],
    ...changes,
  });
}

/** What a person reported about the website. */
export function reportOf(words: string, changes: Partial<Incident> = {}): Incident {
  return incident({
    kind: 'report',
    headline: { code: 'reported', words },
    cause: { code: 'reported', evidence: [words] },
    severity: 'major',
    priority: 'P2',
    source: 'person',
    downSince: null,
    failing: [],
    checks: [],
    reporters: ['Carla'],
    timeline: [{ at: start, type: 'reported', by: 'Carla', text: words }],
    ...changes,
  });
}

export function notification(changes: Partial<Notification> = {}): Notification {
  const at = changes.at ?? start + minuteMs;
  const to = changes.to ?? 'anna';
  return {
    key: `INC-2026-0042/e1/level-1/r0/${to}/email`,
    incidents: ['INC-2026-0042'],
    kind: 'opened',
    reason: 'level-1',
    to,
    channel: 'email',
    address: `${to}@kanzlei.example`,
    priority: 'P1',
    facts: {},
    at,
    notBefore: at,
    expiresAt: at + 72 * hourMs,
    collect: null,
    state: 'sending',
    attempts: 1,
    doubtful: 0,
    foldedInto: null,
    sentAt: null,
    response: null,
    ...changes,
  };
}

export interface MessageParts extends Partial<Omit<Message, 'notification' | 'contact'>> {
  readonly notification?: Partial<Notification>;
  readonly contact?: Partial<ContactRule>;
  readonly language?: Language;
}

/** A message to anna about the open incident, a few seconds after it was decided. */
export function message({
  notification: told = {},
  contact: reader = {},
  language = 'en',
  ...parts
}: MessageParts = {}): Message {
  const entry = notification(told);
  const incidents = parts.incidents ?? [incident()];
  return {
    notification: { ...entry, incidents: told.incidents ?? incidents.map(({ id }) => id) },
    thread: [],
    told: [],
    contact: contact(entry.to, { language, ...reader }),
    rules: rules(),
    now: entry.at + 5000,
    ...parts,
    incidents,
  };
}
