import { expect } from 'vitest';
import { windowAt } from '../../src/core/calendar/maintenance.ts';
import { duties } from '../../src/core/duties.ts';
import type { DeskEvent } from '../../src/core/event.ts';
import type { Incident } from '../../src/core/incident.ts';
import type { Notification } from '../../src/core/notification.ts';
import type { LiveRecord } from '../../src/core/record.ts';
import type { Rules } from '../../src/core/rules.ts';
import { step } from '../../src/core/step.ts';
import { liveRecordSchema, recordToJson } from '../../src/store/record-schema.ts';
import type { LooseDesk } from '../support/loose-desk.ts';

/** What must hold after every step, whatever came before. */
export function holds(before: LiveRecord, after: LiveRecord, event: DeskEvent, desk: LooseDesk): void {
  idsOnlyGrow(before, after);
  for (const incident of after.incidents.values()) {
    if (before.incidents.get(incident.id) === incident) continue;
    logOnlyGrows(before.incidents.get(incident.id), incident);
    downtimeIsSound(incident);
    everybodyHearsTheEnd(before, after, incident, desk.rules);
  }
  oneOutageEach(after);
  nothingIsTakenBack(before, after);
  nobodyIsCalledInVain(before, after);
  if (event.type === 'time') {
    affectedAreExplained(after, desk.rules);
    settled(after, desk);
    everyFailureHasItsIncident(after, desk);
    heldOpenOnlyByWhatFlaps(after);
  }
}

/** Once nothing is left to do by time alone, the record stays the very same, and the next look at it lies ahead. */
function settled(record: LiveRecord, desk: LooseDesk): void {
  const again = step(record, { type: 'time' }, desk.now, desk.rules).record;
  const third = step(again, { type: 'time' }, desk.now, desk.rules).record;
  expect(third).toBe(again);
  const { wakeAt } = duties(record, desk.now, desk.rules);
  if (wakeAt !== null) expect(wakeAt).toBeGreaterThan(desk.now.wall);
}

function idsOnlyGrow(before: LiveRecord, after: LiveRecord): void {
  const number = ({ ids }: LiveRecord) => ids.year * 1e6 + ids.last;
  expect(number(after)).toBeGreaterThanOrEqual(number(before));
  for (const id of after.incidents.keys()) {
    if (before.incidents.has(id)) continue;
    const [, year, last] = id.split('-').map(Number);
    expect((year ?? 0) * 1e6 + (last ?? 0)).toBeGreaterThan(number(before));
  }
}

function logOnlyGrows(before: Incident | undefined, { timeline, id }: Incident): void {
  const old = before?.timeline ?? [];
  if (old === timeline) return;
  const kept = old.every((entry, index) => entry === timeline[index]);
  const inOrder = timeline.every(({ at }, index) => at >= (timeline[index - 1]?.at ?? 0));
  if (!kept || !inOrder) expect({ id, timeline }).toEqual({ id, timeline: old });
}

function downtimeIsSound(incident: Incident): void {
  expect(incident.downtimeMs).toBeGreaterThanOrEqual(0);
  if (incident.kind !== 'outage' || incident.status === 'resolved') expect(incident.downSince).toBeNull();
  if (incident.status === 'recovering') expect(incident.recoveredAt).not.toBeNull();
  expect(incident.recoveringSince === null).toBe(incident.status !== 'recovering');
}

/** Whoever was told of a P1, P2 or P3 and can still be reached is told of its recovery. */
function everybodyHearsTheEnd(before: LiveRecord, after: LiveRecord, incident: Incident, { contacts }: Rules): void {
  const was = before.incidents.get(incident.id);
  if (incident.resolvedAt === null || was === undefined || was.resolvedAt !== null || incident.priority > 'P3') return;
  if (incident.timeline.findLast(({ type }) => type === 'resolved')?.facts?.why === 'no-answer') return;
  const about = [...after.outbox.values()].filter(({ incidents }) => incidents.includes(incident.id));
  const ends = about.filter(({ kind, key }) => kind === 'recovered' && key.startsWith(`${incident.id}/e${incident.episode}/`));
  const heard = new Set(ends.map(({ address }) => address.toLowerCase()));
  for (const entry of about) {
    const isReceipt = ['report-joined', 'cause-missing'].includes(entry.kind) || entry.reason.startsWith('reported-by-');
    const ways = Object.values(contacts).flatMap(({ id, channels }) =>
      channels.map((way) => ({ key: `${id}/${way.id}`, ...way })),
    );
    const open = ways.some(({ key, address }) => address === entry.address && !after.refused.has(key));
    if (isReceipt || !open || entry.state === 'failed') continue;
    expect(heard, `${entry.key} hears no end`).toContain(entry.address.toLowerCase());
  }
}

const isRunning = ({ status }: Incident) => status === 'open' || status === 'recovering';

function oneOutageEach(record: LiveRecord): void {
  const outages = [...record.incidents.values()].filter((incident) => incident.kind === 'outage' && isRunning(incident));
  expect(new Set(outages.map(({ service }) => service)).size).toBe(outages.length);
}

/** Whoever is affected now carries the incident, or has a failure that it explains; and the other way round. */
function affectedAreExplained(record: LiveRecord, { services }: Rules): void {
  const serviceOf = (key: string) => Object.values(services).find(({ checks }) => checks.some((check) => check.key === key))?.id;
  for (const incident of record.incidents.values()) {
    if (incident.cause.code === 'not-watched') continue;
    const running = incident.affected.filter(({ to }) => to === null).map(({ service }) => service);
    const explained = [...record.explained].filter(([, { incidents }]) => incidents.includes(incident.id)).map(([key]) => key);
    const due = [...incident.failing, ...explained].map(serviceOf).filter((id) => id !== undefined && id !== incident.service);
    if (incident.status === 'closed') expect(running, incident.id).toEqual([]);
    else expect(new Set(running), incident.id).toEqual(new Set(due));
    expect(new Set(running).size, incident.id).toBe(running.length);
    expect(incident.affected.every(({ from, to }) => to === null || to >= from)).toBe(true);
  }
}

/** What has been sent stays sent; an entry leaves the outbox only with its last incident. */
function nothingIsTakenBack(before: LiveRecord, after: LiveRecord): void {
  if (before.outbox === after.outbox) return;
  for (const [key, entry] of before.outbox) {
    const now = after.outbox.get(key);
    if (now === entry) continue;
    if (entry.state === 'sent' || entry.state === 'failed' || entry.state === 'folded')
      expect(now?.state ?? entry.state).toBe(entry.state);
    if (now === undefined) expect(entry.incidents.every((id) => !after.incidents.has(id))).toBe(true);
  }
  for (const [key, entry] of after.outbox) {
    if (entry.key !== key) expect(entry.key).toBe(key);
    const isLost = entry.state === 'folded' && entry.incidents.length === 1 && !after.outbox.has(entry.foldedInto ?? '');
    if (isLost) expect(entry).toBe('told by a mail that there is');
  }
}

const calls = new Set<Notification['kind']>(['opened', 'escalated', 'reminder', 'acknowledgement-ended', 'report-unanswered']);

/** No level is told, and nobody reminded, while somebody has it, while it is over, or in maintenance. */
function nobodyIsCalledInVain(before: LiveRecord, after: LiveRecord): void {
  for (const [key, entry] of after.outbox) {
    if (before.outbox.has(key) || !calls.has(entry.kind)) continue;
    for (const id of entry.incidents) {
      const incident = after.incidents.get(id);
      expect(incident?.status, key).toBe('open');
      expect(incident?.acknowledged, key).toBeNull();
      expect(incident?.pausedAt, key).toBeNull();
    }
  }
}

/** Every confirmed failure outside maintenance is in exactly one incident that runs, unless a person dismissed it. */
function everyFailureHasItsIncident(record: LiveRecord, { rules, now }: LooseDesk): void {
  const running = [...record.incidents.values()].filter(isRunning);
  for (const [key, cell] of record.cells) {
    const service = Object.values(rules.services).find(({ checks }) => checks.some((check) => check.key === key));
    if (service === undefined || cell.hard === null || cell.hard === 'up' || cell.verifying) continue;
    if (record.held.has(key) || record.dismissed.has(key) || record.explained.has(key)) continue;
    if (windowAt(rules, record.maintenance, service.id, now.wall) !== null) continue;
    const carrying = running.filter(({ service: of, checks }) => of === service.id && checks.includes(key));
    const failing = carrying.filter((incident) => incident.failing.includes(key));
    expect(failing.length, key).toBeLessThanOrEqual(1);
    expect(carrying.length, `${key} is ${cell.hard}`).toBeGreaterThanOrEqual(1);
    if (cell.hard === 'down') expect(failing[0]?.kind, `${key} is down`).toBe('outage');
  }
}

/** What is open while nothing fails is held open by a check that flaps; only what is down is downtime meanwhile. */
function heldOpenOnlyByWhatFlaps({ incidents, cells }: LiveRecord): void {
  for (const { id, kind, status, flapping, failing, checks, downSince } of incidents.values()) {
    if (kind === 'report') continue;
    const flaps = flapping && checks.some((key) => cells.get(key)?.flapping === true);
    if (status === 'open' && failing.length === 0) expect(flaps, `${id} is held open`).toBe(true);
    if (flapping) expect(flaps && status === 'open', `${id} flaps`).toBe(true);
    if (status === 'open' && downSince !== null) expect(failing, `${id} is down`).not.toEqual([]);
  }
}

/** The record survives being written and read. */
export function survivesTheDisk(record: LiveRecord): void {
  expect(liveRecordSchema.parse(JSON.parse(recordToJson(record)))).toEqual(record);
}
