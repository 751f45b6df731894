import type { Incident } from '../../../src/core/incident.ts';
import type { Notification } from '../../../src/core/notification.ts';
import { emptyRecord, type LiveRecord } from '../../../src/core/record.ts';

/** A record that is told from others by a number. */
export function numbered(last: number): LiveRecord {
  return { ...emptyRecord, ids: { year: 2026, last }, incidents: new Map([['INC-2026-0001', incident('INC-2026-0001')]]) };
}

export function incident(id: string, changes: Partial<Incident> = {}): Incident {
  return {
    id,
    kind: 'outage',
    status: 'closed',
    flapping: false,
    recurring: false,
    service: 'Website',
    serviceName: 'Website',
    failing: [],
    checks: ['Website/http:https://www.example'],
    headline: { code: 'port-closed' },
    severity: 'critical',
    impact: 'high',
    priority: 'P1',
    category: 'web',
    source: 'check',
    fingerprint: null,
    affected: [{ service: 'Shop', name: 'Shop', from: 1000, to: null }],
    cause: { code: 'port-closed', evidence: ['connect ECONNREFUSED 192.0.2.1:443', 'Größe „10“ \ud83d\ude80'] },
    diagnosis: null,
    known: null,
    briefing: null,
    remedies: [],
    remedyUntil: null,
    linked: [],
    acknowledged: null,
    escalation: {
      policy: 'default',
      baseAt: 1000,
      level: 1,
      told: [{ at: 1000, reminders: 0 }],
      stepwise: false,
      exhausted: false,
    },
    episode: 1,
    startedAt: 900,
    openedAt: 1000,
    recoveredAt: 5000,
    resolvedAt: 6000,
    closedAt: 9000,
    downtimeMs: 4100,
    downSince: null,
    recoveringSince: null,
    closeAt: null,
    pausedAt: null,
    verifyUntil: null,
    resolveClaim: null,
    resolution: { cause: 'disk full', by: 'anna', at: 6000 },
    reporters: [],
    lastActAt: 1000,
    mergedInto: null,
    mergedFrom: [],
    timeline: [{ at: 1000, type: 'opened', facts: { level: 1, names: ['anna'] } }],
    costPerHour: 120,
    ...changes,
  };
}

export function notification(key: string, changes: Partial<Notification> = {}): Notification {
  return {
    key,
    incidents: ['INC-2026-0001'],
    kind: 'opened',
    reason: 'level-1',
    to: 'anna',
    channel: 'email',
    address: 'anna@kanzlei.example',
    priority: 'P1',
    facts: {},
    at: 1000,
    notBefore: 1000,
    expiresAt: 2000,
    collect: null,
    state: 'sent',
    attempts: 1,
    doubtful: 0,
    foldedInto: null,
    sentAt: 1500,
    response: '250 ok',
    ...changes,
  };
}
