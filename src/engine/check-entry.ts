import { type Cron, nextStart, parseCron } from '../core/calendar/cron.ts';
import type { Now } from '../core/event.ts';
import type { CheckRule, Rules } from '../core/rules.ts';
import type { HeapNode } from './heap.ts';
import type { LagWatch } from './lag.ts';
import { askedLook, nextLook, type Pace, type Watch } from './schedule.ts';
import type { Lane } from './slots.ts';

/** The site's part in the timetable. */
export type Calendar = Pick<Rules, 'hours' | 'timezone'>;

/** A look in flight. */
export interface Run {
  readonly startedMono: number;
  readonly startedWall: number;
  readonly lag: LagWatch;
  /** Nobody wants the result any more. */
  dropped: boolean;
  abort: () => void;
}

interface CronState {
  readonly cron: Cron;
  readonly timezone: string;
  /** First sight or the last start that was used, epoch ms. */
  readonly from: number;
  /** The first start after `from`. */
  readonly next: number | null;
}

/** What the scheduler knows of one check. */
export interface Entry {
  check: CheckRule;
  watch: Watch | null;
  cron: CronState | null;
  node: HeapNode<Entry> | null;
  state: 'idle' | 'waiting' | 'running' | 'gone';
  /** The due time of the plan; its place in the heap may be earlier, to read the wall clock again. */
  due: number | null;
  /** A look that somebody asked for. */
  asked: number | null;
  past: { lastStart: number | null; firstDue: number; pace: Pace };
  lane: Lane;
  run: Run | null;
  /** Abandoned looks that have not ended yet. */
  unsettled: number;
}

export function createEntry(check: CheckRule, calendar: Calendar, now: Now): Entry {
  return {
    check,
    watch: watchOf(check, calendar),
    cron: cronOf(check, calendar.timezone, now.wall),
    node: null,
    state: 'idle',
    due: null,
    asked: null,
    past: { lastStart: null, firstDue: now.mono, pace: 'interval' },
    lane: 'quick',
    run: null,
    unsettled: 0,
  };
}

/** Takes over a changed rule; a check whose schedule stays keeps its starts. */
export function changeEntry(entry: Entry, check: CheckRule, calendar: Calendar, now: Now): void {
  const sameStarts = entry.check.schedule === check.schedule && entry.cron?.timezone === calendar.timezone;
  if (!sameStarts) entry.cron = cronOf(check, calendar.timezone, now.wall);
  entry.check = check;
  entry.watch = watchOf(check, calendar);
}

/** Decides when the entry is due: by itself or because somebody asked, whichever comes first. */
export function planEntry(entry: Entry, now: Now): void {
  const planned = nextLook(entry.check, entry.past, now, entry.watch);
  entry.due = entry.asked === null || (planned !== null && planned < entry.asked) ? planned : entry.asked;
}

/** Notes that somebody asks for a look, unless one is about to start anyway. */
export function askEntry(entry: Entry, mono: number): void {
  if (entry.state !== 'waiting') entry.asked ??= askedLook(entry.past, mono);
}

/** Whether a cron expression has started since its last start that was used; that start is then used. */
export function takeCronStart(entry: Entry, wall: number): boolean {
  const { cron } = entry;
  if (!cron || cron.next === null || wall < cron.next) return false;
  entry.cron = { ...cron, from: wall, next: nextStart(cron.cron, cron.timezone, wall) };
  return true;
}

/** After the clock was set back: starts that lie ahead again count again. */
export function forgetFuture(entry: Entry, wall: number): void {
  const { cron } = entry;
  if (!cron || cron.from <= wall) return;
  entry.cron = { ...cron, from: wall, next: nextStart(cron.cron, cron.timezone, wall) };
}

function watchOf(check: CheckRule, { hours, timezone }: Calendar): Watch | null {
  const watched = check.watch === undefined ? undefined : hours[check.watch];
  return watched ? { hours: watched, timezone } : null;
}

function cronOf(check: CheckRule, timezone: string, wall: number): CronState | null {
  const cron = check.schedule === undefined ? null : parseCron(check.schedule);
  return cron && { cron, timezone, from: wall, next: nextStart(cron, timezone, wall) };
}
