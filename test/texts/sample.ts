import type { AffectedService, Incident } from '../../src/core/incident.ts';
import type { KnownError } from '../../src/core/known-error.ts';
import type { Notification } from '../../src/core/notification.ts';
import type { RemedyRun } from '../../src/core/remedy.ts';
import { type ContactRule, type Language, type Level, type Rules, type ServiceRule, selfService } from '../../src/core/rules.ts';
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

/** A remedy that is being tried. */
export function run(changes: Partial<RemedyRun> = {}): RemedyRun {
  return {
    key: 'INC-2026-0042/e1/remedy-1/r0',
    remedy: 'Website/remedy systemctl restart nginx',
    label: 'systemctl restart nginx',
    state: 'running',
    requestedAt: start + minuteMs,
    startedAt: start + minuteMs,
    endedAt: null,
    judgeAt: null,
    outcome: null,
    output: '',
    ...changes,
  };
}

/** The end of another one. */
export function ended(state: RemedyRun['state'], changes: Partial<RemedyRun> = {}): RemedyRun {
  return run({ state, endedAt: start + 2 * minuteMs, outcome: 'exit status 0', ...changes });
}

const earlier = {
  id: 'INC-2026-0031',
  service: 'Website',
  serviceName: 'Website',
  code: 'port-closed',
  openedAt: start - 40 * 24 * hourMs,
  tookMs: 8 * minuteMs,
} as const;

/** Seen three times before; a person has recorded what helped. */
export const known: KnownError = {
  seen: 3,
  lastAt: earlier.openedAt,
  fix: { text: 'nginx neu gestartet.', by: 'person', incident: earlier.id, openedAt: earlier.openedAt, tookMs: earlier.tookMs },
  similar: [{ ...earlier, fix: 'nginx neu gestartet.' }],
};

/** `count` services that have been affected since the begin. */
export function affectedServices(count: number): readonly AffectedService[] {
  return Array.from({ length: count }, (_, index) => ({
    service: `S${index + 1}`,
    name: `Service ${index + 1}`,
    from: start,
    to: null,
  }));
}

/** Everything that can be known of an incident. */
export const insights: Partial<Incident> = {
  diagnosis: {
    at: start + minuteMs,
    code: 'port-closed',
    findings: [
      { layer: 'link', verdict: 'good', subject: 'eth0', detail: '' },
      { layer: 'gateway', verdict: 'good', subject: '192.168.178.1', detail: '3 of 3 answered' },
      { layer: 'resolver', verdict: 'unclear', subject: '192.168.178.1', detail: '' },
      { layer: 'port', verdict: 'bad', subject: 'www.kanzlei.example:443', detail: 'connection refused' },
    ],
  },
  known,
  remedies: [ended('no-effect'), ended('failed', { outcome: 'exit status 1' }), run()],
  affected: affectedServices(30),
  linked: ['INC-2026-0041'],
  flapping: true,
  recurring: true,
  timeline: [
    { at: start, type: 'opened', facts: { priority: 'P1', code: 'port-closed' } },
    { at: start, type: 'recurring', facts: { count: 3, code: 'port-closed' } },
    { at: start, type: 'remedies-exhausted' },
  ],
};

/** This server itself has no network. */
export const cutOff: Partial<Incident> = {
  service: selfService,
  serviceName: selfService,
  headline: { code: 'local-network' },
  cause: { code: 'local-network', evidence: ['eth0: no carrier'] },
  category: 'network',
  downSince: null,
  downtimeMs: 0,
};

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
