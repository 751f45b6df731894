import { z } from 'zod';
import { layers } from '../core/diagnosis.ts';
import { type Incident, timelineTypes } from '../core/incident.ts';
import { type Notification, notificationKinds } from '../core/notification.ts';
import { causeCodes, grades, statuses } from '../core/observation.ts';
import type { AdHocMaintenance, Beat, Cell, Explained, Inquiry, LiveRecord } from '../core/record.ts';
import { remedyStates } from '../core/remedy.ts';
import { categories, impacts, priorities, severities } from '../core/rules.ts';
import { exactly } from './exactly.ts';

/** JSON writes numbers that it cannot hold as null; where a number is required, null therefore means one without limit. */
const number = z.union([z.number(), z.null().transform(() => Infinity)]);
const text = z.string();
const texts = z.array(text);
const numberOrNull = z.number().nullable();
const facts = z.record(text, z.union([text, number, texts]));

const inEachLanguage = z.object({ de: text, en: text });

const timelineEntry = z.object({
  at: number,
  type: z.enum(timelineTypes),
  by: text.exactOptional(),
  text: text.exactOptional(),
  facts: facts.exactOptional(),
  sentence: inEachLanguage.exactOptional(),
});

const diagnosis = z.object({
  at: number,
  code: z.enum(causeCodes),
  sentence: inEachLanguage.exactOptional(),
  meaning: inEachLanguage.exactOptional(),
  firstStep: inEachLanguage.exactOptional(),
  findings: z.array(
    z.object({ layer: z.enum(layers), verdict: z.enum(['good', 'bad', 'unclear']), subject: text, detail: text }),
  ),
});

const knownError = z.object({
  seen: number,
  lastAt: numberOrNull,
  fix: z.object({ text, by: z.enum(['person', 'remedy']), incident: text, openedAt: number, tookMs: numberOrNull }).nullable(),
  similar: z.array(
    z.object({
      id: text,
      service: text.nullable(),
      serviceName: text,
      code: z.enum(causeCodes),
      openedAt: number,
      tookMs: numberOrNull,
      cause: text.exactOptional(),
      fix: text.exactOptional(),
      remedy: text.exactOptional(),
    }),
  ),
});

const remedyRun = z.object({
  key: text,
  remedy: text,
  label: text,
  state: z.enum(remedyStates),
  requestedAt: number,
  startedAt: numberOrNull,
  endedAt: numberOrNull,
  judgeAt: numberOrNull,
  awaits: texts.exactOptional(),
  outcome: text.nullable(),
  output: text,
});

const acknowledgement = z.object({ by: text, at: number, until: number, calendar: z.boolean(), asked: z.boolean() });

const escalation = z.object({
  policy: text,
  baseAt: number,
  level: number,
  told: z.array(z.object({ at: number, reminders: number })),
  stepwise: z.boolean(),
  exhausted: z.boolean(),
});

const resolution = z.object({ cause: text.exactOptional(), fix: text.exactOptional(), by: text, at: number });

/** An incident as it is kept, live or in the history. */
export const incidentSchema = exactly<Incident>()(
  z.object({
    id: text,
    kind: z.enum(['outage', 'warning', 'report']),
    status: z.enum(['open', 'recovering', 'resolved', 'closed']),
    flapping: z.boolean(),
    recurring: z.boolean(),
    service: text.nullable(),
    serviceName: text,
    failing: texts,
    checks: texts,
    headline: z.object({ code: z.enum(causeCodes), sentence: inEachLanguage.exactOptional(), words: text.exactOptional() }),
    severity: z.enum(severities),
    impact: z.enum(impacts),
    priority: z.enum(priorities),
    category: z.enum(categories),
    source: z.enum(['check', 'person']),
    fingerprint: text.nullable().default(null),
    affected: z.array(z.object({ service: text, name: text, from: number, to: numberOrNull })),
    cause: z.object({
      code: z.enum(causeCodes),
      sentence: inEachLanguage.exactOptional(),
      firstStep: inEachLanguage.exactOptional(),
      meaning: inEachLanguage.exactOptional(),
      evidence: texts,
    }),
    diagnosis: diagnosis.nullable().default(null),
    known: knownError.nullable().default(null),
    briefing: z
      .object({ awaits: z.enum(['diagnosis', 'known-errors']), until: number })
      .nullable()
      .default(null),
    remedies: z.array(remedyRun).default([]),
    remedyUntil: numberOrNull.default(null),
    linked: texts.default([]),
    acknowledged: acknowledgement.nullable(),
    escalation,
    episode: number,
    startedAt: number,
    openedAt: number,
    recoveredAt: numberOrNull,
    resolvedAt: numberOrNull,
    closedAt: numberOrNull,
    downtimeMs: number,
    downSince: numberOrNull,
    recoveringSince: numberOrNull,
    closeAt: numberOrNull,
    pausedAt: numberOrNull,
    verifyUntil: numberOrNull,
    resolveClaim: z.object({ by: text, until: number }).nullable(),
    resolution: resolution.nullable(),
    reporters: texts,
    lastActAt: number,
    mergedInto: text.nullable(),
    mergedFrom: texts,
    timeline: z.array(timelineEntry),
    costPerHour: numberOrNull,
  }),
);

/** A notification as it is kept, in the outbox or in the history. */
export const notificationSchema = exactly<Notification>()(
  z.object({
    key: text,
    incidents: texts,
    kind: z.enum(notificationKinds),
    reason: text,
    to: text,
    channel: text,
    address: text,
    priority: z.enum(priorities).nullable(),
    facts,
    at: number,
    notBefore: number,
    expiresAt: number,
    collect: z.enum(['opening', 'digest', 'capped']).nullable(),
    state: z.enum(['queued', 'sending', 'sent', 'uncertain', 'folded', 'failed']),
    attempts: number,
    doubtful: number,
    foldedInto: text.nullable(),
    sentAt: numberOrNull,
    response: text.nullable(),
  }),
);

const lastLook = z.object({
  reason: z.enum([...causeCodes, 'ok']),
  message: text,
  evidence: texts,
  measures: z.array(z.object({ name: text, value: number, unit: z.enum(['ms', 'share', 'bytes', 'days', 'count']) })),
});

const cellSchema = exactly<Cell>()(
  z.object({
    hard: z.enum(grades).nullable(),
    since: number,
    row: z.array(z.object({ grade: z.enum(grades), at: number })),
    suspect: z.boolean(),
    verifying: z.boolean(),
    settling: z.boolean(),
    recent: z.array(z.enum(grades)),
    lastAt: numberOrNull,
    lastKnownAt: numberOrNull,
    unknownRun: number,
    lastStatus: z.enum(statuses).nullable(),
    last: lastLook.nullable(),
    unwatched: z.boolean(),
    certificate: z
      .object({ fingerprint: text, next: z.object({ fingerprint: text, looks: number }).exactOptional() })
      .exactOptional(),
    cause: z
      .object({
        code: z.enum(causeCodes),
        next: z.object({ code: z.enum(causeCodes), looks: number }).exactOptional(),
      })
      .exactOptional(),
    flapping: z.boolean().exactOptional(),
  }),
);

const explainedSchema = exactly<Explained>()(
  z.object({ since: number, until: number, awaits: texts, incidents: texts, wasDown: z.boolean(), backAt: numberOrNull }),
);

const inquirySchema = exactly<Inquiry>()(
  z.object({
    askedAt: number,
    code: z.enum(causeCodes),
    evidence: z.array(text).exactOptional(),
    answer: diagnosis.nullable(),
    answered: z.boolean(),
  }),
);

const maintenanceSchema = exactly<AdHocMaintenance>()(
  z.object({
    id: text,
    services: z.union([texts, z.literal('all')]),
    from: number,
    to: number,
    reason: text.nullable(),
    by: text,
  }),
);

const beatSchema = exactly<Beat>()(z.object({ at: number, ok: z.boolean().nullable() }));

function entries<T>(item: z.ZodType<T>) {
  return z.array(z.tuple([text, item])).transform((pairs): ReadonlyMap<string, T> => new Map(pairs));
}

/** The live record from its stored form. */
export const liveRecordSchema = exactly<LiveRecord>()(
  z.object({
    ids: z.object({ year: number, last: number }),
    incidents: entries(incidentSchema),
    outbox: entries(notificationSchema),
    cells: entries(cellSchema),
    maintenance: entries(maintenanceSchema),
    beats: entries(beatSchema),
    refused: entries(number),
    dismissed: entries(number),
    held: entries(z.enum(['maintenance', 'grace'])),
    explained: entries(explainedSchema).default(new Map()),
    inquiries: entries(inquirySchema).default(new Map()),
    occurrences: entries(z.array(number)).default(new Map()),
    remedyStarts: entries(z.array(number)).default(new Map()),
    collectUntil: entries(number),
    paced: entries(z.array(number)),
    graceUntil: number,
  }),
);

/** The live record as JSON without white space, each Map as a list of its entries. */
export function recordToJson(record: LiveRecord): string {
  const stored = Object.entries(record).map(([key, value]) => [key, value instanceof Map ? [...value] : value]);
  return JSON.stringify(Object.fromEntries(stored));
}
