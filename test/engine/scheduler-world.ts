import type { Now } from '../../src/core/event.ts';
import type { Observation } from '../../src/core/observation.ts';
import type { CheckRule, Hours } from '../../src/core/rules.ts';
import { Heap } from '../../src/engine/heap.ts';
import { type LookResult, Scheduler } from '../../src/engine/scheduler.ts';
import { check } from '../support/rules.ts';

const up: Observation = { status: 'up', reason: 'ok', message: 'fine', measures: [], evidence: [] };
const timedOut: Observation = { status: 'down', reason: 'timeout', message: 'no answer', measures: [], evidence: [] };

/** How a check's looks go: up after so many ms, silent until the signal aborts, deaf to the signal, or broken. */
export type Behaviour = number | 'hang' | 'deaf' | 'throw' | 'reject';

export interface SeenLook {
  readonly key: string;
  readonly mono: number;
  readonly signal: AbortSignal;
}

/** The real scheduler in virtual time. */
export class SchedulerWorld {
  readonly looks: SeenLook[] = [];
  readonly results: LookResult[] = [];
  readonly logged: string[] = [];
  readonly behaviours = new Map<string, Behaviour>();
  scheduler: Scheduler;
  onResult: (result: LookResult) => void = () => {};
  mono: number;
  wall: number;
  readonly #timers = new Heap<() => void>();

  constructor(start = '2026-01-05T10:00:00Z', mono = 5_000_000) {
    this.wall = Temporal.Instant.from(start).epochMilliseconds;
    this.mono = mono;
    this.scheduler = this.another();
  }

  /** A scheduler in the same world, like that of the daemon's next life. */
  another(): Scheduler {
    return new Scheduler({
      clock: () => this.#now(),
      timer: { at: (mono, fn) => this.#at(mono, fn) },
      look: (rule, { signal }) => this.#look(rule, signal),
      onResult: (result) => {
        this.results.push(result);
        this.onResult(result);
      },
      log: (level, sentence) => void this.logged.push(`${level}: ${sentence}`),
    });
  }

  begin(rules: readonly CheckRule[], hours: Readonly<Record<string, Hours>> = {}): void {
    this.scheduler.setChecks(rules, { hours, timezone: 'Europe/Berlin' });
    this.scheduler.start();
  }

  /** Lets time pass; timers fire in order, promises settle in between. */
  async pass(ms: number): Promise<void> {
    const end = this.mono + ms;
    await settle();
    for (let head = this.#timers.peek(); head && head.due <= end; head = this.#timers.peek()) {
      this.#timers.remove(head);
      this.#moveTo(Math.max(this.mono, head.due));
      head.value();
      await settle();
    }
    this.#moveTo(end);
  }

  /** The process stands still: time passes, no timer fires. */
  stall(ms: number): void {
    this.#moveTo(this.mono + ms);
  }

  startsOf(key: string): readonly number[] {
    return this.looks.filter((look) => look.key === key).map((look) => look.mono);
  }

  #moveTo(mono: number): void {
    this.wall += mono - this.mono;
    this.mono = mono;
  }

  #now(): Now {
    return { wall: this.wall, mono: this.mono, boot: this.wall - this.mono };
  }

  #at(mono: number, fn: () => void): () => void {
    const node = this.#timers.insert(fn, mono);
    return () => this.#timers.remove(node);
  }

  #look(rule: CheckRule, signal: AbortSignal): Promise<Observation> {
    this.looks.push({ key: rule.key, mono: this.mono, signal });
    const behaviour = this.behaviours.get(rule.key) ?? 50;
    if (behaviour === 'throw') throw new Error('broken\nprobe');
    if (behaviour === 'reject') return Promise.reject(new Error('broken probe'));
    const { promise, resolve } = Promise.withResolvers<Observation>();
    if (behaviour === 'hang') signal.addEventListener('abort', () => resolve(timedOut));
    if (typeof behaviour === 'number') this.#at(this.mono + behaviour, () => resolve(up));
    return promise;
  }
}

/** `count` checks with keys `name 0`, `name 1`, … */
export function checks(count: number, name: string, changes: Partial<CheckRule> = {}): readonly CheckRule[] {
  return Array.from({ length: count }, (_, index) => check(name, { key: `${name} ${index}`, ...changes }));
}

/** Lets promises that are settled run on. */
async function settle(): Promise<void> {
  for (let count = 0; count < 8; count += 1) await null;
}
