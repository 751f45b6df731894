import type { Observation } from '../core/observation.ts';
import type { CheckRule } from '../core/rules.ts';
import { type LookEnd, startLook } from './bounded-look.ts';
import type { Entry, Run } from './check-entry.ts';
import { defectFields } from './defect.ts';
import { LagMeter } from './lag.ts';
import { type LookResult, notStarted, observationOf } from './look-result.ts';
import type { Ports } from './ports.ts';
import { holdSlot, type Lane, quickMs, Slots, slotLimits } from './slots.ts';

export interface LookPorts extends Pick<Ports, 'clock' | 'timer' | 'log'> {
  /** One look; `signal` aborts at its deadline and when nobody wants it any more. `now` is the wall clock at its start. */
  look(check: CheckRule, context: { readonly signal: AbortSignal; readonly now: number }): Promise<Observation>;
}

export interface LookStats {
  readonly running: number;
  readonly slow: number;
  readonly waiting: number;
  readonly started: number;
  /** Looks that were left alone after their deadline, ever; and those of them that have not ended yet. */
  readonly abandoned: number;
  readonly unsettled: number;
  readonly threw: number;
}

/** With this many abandoned looks of one check still not ended, no more are started. */
const mostUnsettled = 3;
const stopMs = 900;

/** Runs looks in slots, each with a hard end. Nothing that a look does stops it. */
export class LookRunner {
  readonly #ports: LookPorts;
  readonly #onEnd: (entry: Entry, result: LookResult | null) => void;
  readonly #lag: LagMeter;
  readonly #slots: Readonly<Record<'socket' | 'process', Slots<Entry>>>;
  readonly #counts = { started: 0, abandoned: 0, unsettled: 0, threw: 0 };
  #inFlight = 0;
  #onIdle: () => void = () => {};

  /** `onEnd` follows every `request`, unless the entry is gone by then; without a result when the look was dropped. */
  constructor(ports: LookPorts, onEnd: (entry: Entry, result: LookResult | null) => void) {
    this.#ports = ports;
    this.#onEnd = onEnd;
    this.#lag = new LagMeter(ports);
    this.#slots = {
      socket: new Slots(slotLimits.socket, (entry, lane) => this.#start(entry, lane, this.#slots.socket)),
      process: new Slots(slotLimits.process, (entry, lane) => this.#start(entry, lane, this.#slots.process)),
    };
  }

  /** A timer of the scheduler, due at `due`, has fired at `mono`. */
  fired(due: number, mono: number): void {
    this.#lag.fired(due, mono);
  }

  /** Looks as soon as there is a slot. */
  request(entry: Entry): void {
    if (entry.unsettled >= mostUnsettled) {
      this.#refuse(entry);
      return;
    }
    entry.state = 'waiting';
    this.#slots[entry.check.spawns ? 'process' : 'socket'].request(entry, entry.lane);
  }

  /** Aborts the entry's look; its result is dropped. */
  drop(entry: Entry): void {
    if (!entry.run) return;
    entry.run.dropped = true;
    entry.run.abort();
  }

  /** Forgets an entry, waiting or running. */
  forget(entry: Entry): void {
    this.#slots.socket.withdraw(entry);
    this.#slots.process.withdraw(entry);
    entry.state = 'gone';
    this.drop(entry);
  }

  /** Resolves when nothing runs any more, at the latest after 0.9 s. */
  async idle(): Promise<void> {
    if (this.#inFlight === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#ports.timer.at(this.#ports.clock().mono + stopMs, resolve);
    this.#onIdle = resolve;
    await promise;
    cancel();
  }

  stats(): LookStats {
    const { socket, process } = this.#slots;
    return {
      running: socket.running + process.running,
      slow: socket.runningSlow + process.runningSlow,
      waiting: socket.waiting + process.waiting,
      ...this.#counts,
    };
  }

  #start(entry: Entry, lane: Lane, slots: Slots<Entry>): void {
    const now = this.#ports.clock();
    const { check } = entry;
    const run: Run = { startedMono: now.mono, startedWall: now.wall, lag: this.#lag.begin(), dropped: false, abort: () => {} };
    this.#counts.started += 1;
    this.#inFlight += 1;
    entry.state = 'running';
    entry.run = run;
    entry.asked = null;
    entry.past.lastStart = now.mono;
    const held = holdSlot(slots, lane, (demote) => this.#ports.timer.at(now.mono + quickMs, demote));
    run.abort = startLook(this.#ports, {
      look: (signal) => this.#ports.look(check, { signal, now: now.wall }),
      timeoutMs: check.timeoutMs,
      onEnd: (end) => {
        this.#end(entry, run, end);
        held.release();
      },
      onLateEnd: () => {
        entry.unsettled -= 1;
        this.#counts.unsettled -= 1;
      },
    });
  }

  #end(entry: Entry, run: Run, end: LookEnd): void {
    const { mono } = this.#ports.clock();
    this.#lag.end(run.lag);
    this.#inFlight -= 1;
    this.#count(entry, run, end);
    entry.lane = mono - run.startedMono >= quickMs ? 'slow' : 'quick';
    entry.run = null;
    if (this.#inFlight === 0) this.#onIdle();
    if (entry.state === 'gone') return;
    entry.state = 'idle';
    this.#onEnd(entry, run.dropped ? null : resultOf(entry.check, run, observationOf(end, entry.check.timeoutMs)));
  }

  #count(entry: Entry, run: Run, end: LookEnd): void {
    if (end.how === 'abandoned') {
      entry.unsettled += 1;
      this.#counts.unsettled += 1;
      this.#counts.abandoned += 1;
      this.#ports.log('error', 'a probe ignored its deadline and was left alone: a defect of incidentd', {
        check: entry.check.key,
      });
    } else if (end.how === 'threw' && !run.dropped) {
      this.#counts.threw += 1;
      this.#ports.log('error', 'a probe failed: a defect of incidentd', { check: entry.check.key, ...defectFields(end.error) });
    }
  }

  #refuse(entry: Entry): void {
    const now = this.#ports.clock();
    entry.asked = null;
    entry.past.lastStart = now.mono;
    const run = { startedMono: now.mono, startedWall: now.wall, lag: { worstMs: 0 } };
    this.#onEnd(entry, resultOf(entry.check, run, notStarted(entry.unsettled)));
  }
}

function resultOf(
  check: CheckRule,
  { startedMono, startedWall, lag }: Pick<Run, 'startedMono' | 'startedWall' | 'lag'>,
  observation: Observation,
): LookResult {
  return { check, observation, startedMono, startedWall, lagMs: lag.worstMs };
}
