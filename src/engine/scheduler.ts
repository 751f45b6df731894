import type { Now } from '../core/event.ts';
import type { CheckRule } from '../core/rules.ts';
import {
  askEntry,
  type Calendar,
  changeEntry,
  createEntry,
  type Entry,
  forgetFuture,
  planEntry,
  takeCronStart,
} from './check-entry.ts';
import { defectFields } from './defect.ts';
import { Heap } from './heap.ts';
import type { LookResult } from './look-result.ts';
import { type LookPorts, LookRunner, type LookStats } from './look-runner.ts';
import type { Cancel } from './ports.ts';
import { firstLook, isWatched, type Pace } from './schedule.ts';

export type { LookResult };

export interface SchedulerPorts extends LookPorts {
  /** Takes a result; may call the scheduler. */
  onResult(result: LookResult): void;
}

export interface SchedulerStats extends LookStats {
  readonly checks: number;
  /** How long the look that should start next has been due: large means that the scheduler stands still. */
  readonly overdueMs: number;
}

/** Where the wall clock decides (watch hours), it is read again after this long. */
const wallClockMs = 3_600_000;

export function createScheduler(ports: SchedulerPorts): Scheduler {
  return new Scheduler(ports);
}

/** Starts every check's looks when they are due, one at a time per check. One heap, one timer. */
export class Scheduler {
  readonly #ports: SchedulerPorts;
  readonly #runner: LookRunner;
  readonly #entries = new Map<string, Entry>();
  readonly #heap = new Heap<Entry>();
  #state: 'new' | 'started' | 'stopped' = 'new';
  #armed: { readonly due: number; readonly cancel: Cancel } | null = null;

  constructor(ports: SchedulerPorts) {
    this.#ports = ports;
    this.#runner = new LookRunner(ports, (entry, result) => this.#ended(entry, result));
  }

  /** Takes over these checks: unchanged ones keep their plan, new ones are looked at soon, looks of removed ones are aborted. */
  setChecks(rules: readonly CheckRule[], calendar: Calendar): void {
    const now = this.#ports.clock();
    const kept = new Set(rules.map((rule) => rule.key));
    for (const entry of this.#entries.values()) if (!kept.has(entry.check.key)) this.#remove(entry);
    const fresh: Entry[] = [];
    for (const rule of rules) {
      const known = this.#entries.get(rule.key);
      if (known) changeEntry(known, rule, calendar, now);
      else fresh.push(createEntry(rule, calendar, now));
    }
    for (const entry of fresh) this.#entries.set(entry.check.key, entry);
    this.#begin(fresh, now);
    this.#planAll(now);
  }

  /** Begins: every check is looked at soon, spread by its place; cron expressions wait for their next start. */
  start(): void {
    if (this.#state !== 'new') return;
    this.#state = 'started';
    const now = this.#ports.clock();
    this.#begin([...this.#entries.values()], now);
    this.#planAll(now);
  }

  /** Aborts what is running and ends, within a second even when looks do not; no result comes afterwards. */
  async stop(): Promise<void> {
    this.#state = 'stopped';
    for (const entry of this.#entries.values()) this.#remove(entry);
    this.#arm();
    await this.#runner.idle();
  }

  /** Looks at these checks now; at one that began a look within the last second or is at it, right after that. */
  probeNow(keys: readonly string[]): void {
    const now = this.#ports.clock();
    for (const key of keys) {
      const entry = this.#entries.get(key);
      if (!entry) continue;
      askEntry(entry, now.mono);
      this.#plan(entry, now);
    }
    this.#arm();
  }

  /** `retry` while a check's status is soft, `interval` otherwise. */
  setPace(key: string, pace: Pace): void {
    const entry = this.#entries.get(key);
    if (!entry || entry.past.pace === pace) return;
    entry.past.pace = pace;
    this.#plan(entry, this.#ports.clock());
    this.#arm();
  }

  /** A minute has passed: looks at checks whose cron expression has started since. */
  tick(): void {
    const now = this.#ports.clock();
    for (const entry of this.#entries.values()) {
      if (!takeCronStart(entry, now.wall)) continue;
      askEntry(entry, now.mono);
      this.#plan(entry, now);
    }
    this.#arm();
  }

  /** The machine slept: looks begun before prove nothing and are dropped; every check is looked at soon, as after a start. */
  reanchor(): void {
    const entries = [...this.#entries.values()];
    for (const entry of entries) {
      entry.past.lastStart = null;
      entry.asked = null;
      this.#runner.drop(entry);
    }
    this.#begin(entries, this.#ports.clock());
    this.clockSet();
  }

  /** The wall clock was set: what depends on it is planned anew. */
  clockSet(): void {
    const now = this.#ports.clock();
    for (const entry of this.#entries.values()) forgetFuture(entry, now.wall);
    this.#planAll(now);
    this.tick();
  }

  stats(): SchedulerStats {
    const due = this.#heap.peek()?.due ?? Number.POSITIVE_INFINITY;
    return {
      checks: this.#entries.size,
      overdueMs: Math.max(0, this.#ports.clock().mono - due),
      ...this.#runner.stats(),
    };
  }

  #begin(entries: readonly Entry[], now: Now): void {
    for (const entry of entries) entry.past.firstDue = firstLook(entry.check, entries.length, now.mono);
  }

  #planAll(now: Now): void {
    for (const entry of this.#entries.values()) this.#plan(entry, now);
    this.#arm();
  }

  /** Puts an idle entry into the heap where it belongs, or takes it out. */
  #plan(entry: Entry, now: Now): void {
    if (this.#state !== 'started' || entry.state !== 'idle') return;
    planEntry(entry, now);
    if (entry.due === null) {
      if (entry.node) this.#heap.remove(entry.node);
      return;
    }
    const readAgain = entry.watch ? now.mono + wallClockMs : Number.POSITIVE_INFINITY;
    const due = Math.min(entry.due, readAgain);
    if (entry.node) this.#heap.move(entry.node, due);
    else entry.node = this.#heap.insert(entry, due);
  }

  #arm(): void {
    const due = this.#state === 'started' ? this.#heap.peek()?.due : undefined;
    if (due === this.#armed?.due) return;
    this.#armed?.cancel();
    this.#armed = due === undefined ? null : { due, cancel: this.#ports.timer.at(due, () => this.#wake(due)) };
  }

  #wake(due: number): void {
    const now = this.#ports.clock();
    this.#armed = null;
    this.#runner.fired(due, now.mono);
    for (let head = this.#heap.peek(); head && head.due <= now.mono; head = this.#heap.peek()) {
      this.#heap.remove(head);
      this.#comeDue(head.value, now);
    }
    this.#arm();
  }

  #comeDue(entry: Entry, now: Now): void {
    const watched = isWatched(entry.watch, now.wall);
    if (watched && entry.due !== null && entry.due <= now.mono) {
      this.#runner.request(entry);
      return;
    }
    if (!watched) entry.asked = null;
    this.#plan(entry, now);
  }

  #ended(entry: Entry, result: LookResult | null): void {
    this.#plan(entry, this.#ports.clock());
    this.#arm();
    if (!result) return;
    try {
      this.#ports.onResult(result);
    } catch (error) {
      this.#ports.log('error', 'a result could not be taken: a defect of incidentd', {
        check: entry.check.key,
        ...defectFields(error),
      });
    }
  }

  #remove(entry: Entry): void {
    if (entry.node) this.#heap.remove(entry.node);
    this.#entries.delete(entry.check.key);
    this.#runner.forget(entry);
  }
}
