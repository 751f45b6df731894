import { isWithin } from '../core/calendar/hours.ts';
import { windowAt } from '../core/calendar/maintenance.ts';
import type { Act, Answer, Now } from '../core/event.ts';
import type { Observation } from '../core/observation.ts';
import { freshCell, isPlain, isSoft, isStale, notice, observe } from '../core/observe.ts';
import { shiftCell } from '../core/parts/clock.ts';
import type { Cell, LiveRecord } from '../core/record.ts';
import type { CheckRule, Rules } from '../core/rules.ts';
import { Desk } from './desk.ts';
import type { Cancel, Ports } from './ports.ts';
import { createScheduler, type LookResult, type Scheduler } from './scheduler.ts';

/** Sign of life, sweep for silent checks, and comparison of the clocks. */
const pulseMs = 10_000;
/** The clocks may differ by this much before one counts as set, or the machine as asleep. */
const clockToleranceMs = 5_000;
/** A bad result of a look that began this late proves nothing: we were too busy. */
const lagLimitMs = 2_000;
/** Two readings further apart than this: we did not run in between. */
const silenceMs = 60_000;

/** What may be shown of a check. */
export interface CheckView {
  readonly rule: CheckRule;
  readonly cell: Cell;
  readonly stale: boolean;
  /** Outside its `watch` hours it is not observed. */
  readonly watched: boolean;
}

/** Scheduler, cells and desk together: the daemon without its world. */
export class Engine {
  readonly desk: Desk;
  readonly #ports: Ports;
  readonly #scheduler: Scheduler;
  #cells = new Map<string, Cell>();
  #rules = new Map<string, CheckRule>();
  /** By the check whose looks see it: the check of a certificate. */
  #certificates = new Map<string, CheckRule>();
  /** Since when each check is looked at without a gap of our own. */
  #watchedFrom = new Map<string, number>();
  /** Checks that are to be looked at, and since when, before the desk is told so. */
  #asked = new Map<string, number>();
  #lastRead: Now;
  #pulse: Cancel = () => {};

  constructor(ports: Ports, rules: Rules, record: LiveRecord) {
    this.#ports = ports;
    this.#lastRead = ports.clock();
    this.desk = new Desk(
      ports,
      {
        readClocks: () => this.#readClocks().now,
        probe: (checks, since) => this.#probe(checks, since),
        adoptCells: (checks, from) => this.#adopt(checks, from),
      },
      rules,
      record,
    );
    this.#scheduler = createScheduler({
      clock: ports.clock,
      timer: ports.timer,
      look: (check, context) => ports.look(check, { ...context, beat: this.desk.record.beats.get(check.key) ?? null }),
      onResult: (result) => this.#take(result),
      log: ports.log,
    });
    for (const [key, cell] of record.cells) this.#cells.set(key, cell);
    this.#follow(rules);
  }

  /** Begins a life: first the desk learns of the gap, then probing starts. `aliveAt`: the last sign of life before. */
  async start(aliveAt: number | null): Promise<void> {
    this.#lastRead = this.#ports.clock();
    this.desk.post({ type: 'started', aliveAt });
    await this.desk.turn();
    this.#scheduler.start();
    await this.#beat();
  }

  /** Takes a changed configuration into force. */
  changeRules(rules: Rules): void {
    this.#follow(rules);
    this.desk.changeRules(rules);
  }

  act(act: Act, by: string): Promise<Answer> {
    return this.desk.act(act, by);
  }

  /** A full minute has begun: whatever has a cron expression may be due. */
  tick(): void {
    this.#scheduler.tick();
    void this.desk.turn();
  }

  /** Stops probing, then the desk; what is decided is committed. */
  async stop(): Promise<void> {
    this.#pulse();
    await Promise.all([this.#scheduler.stop(), this.desk.stop()]);
    await this.#ports.store.touchAlive(this.#ports.clock().wall).catch(() => {});
  }

  /** Checks of a service with what is known of them. */
  checks(service: string): CheckView[] {
    const { wall } = this.#ports.clock();
    const { rules } = this.desk;
    return (rules.services[service]?.checks ?? []).map((rule) => {
      const cell = this.#cells.get(rule.key) ?? freshCell;
      const watched = this.#isWatched(rule, rules, wall);
      return { rule, cell, watched, stale: watched && isStale(cell, rule, this.#watchedFrom.get(rule.key) ?? wall, wall) };
    });
  }

  /** The window that covers a service now, if any. */
  maintenance(service: string): { readonly to: number } | null {
    return windowAt(this.desk.rules, this.desk.record.maintenance, service, this.#ports.clock().wall);
  }

  #probe(checks: readonly string[], since?: number): void {
    this.#scheduler.probeNow(checks.flatMap((key) => this.#rules.get(key)?.seenBy ?? [key]));
    if (since === undefined) return;
    for (const key of checks) {
      if ((this.#cells.get(key)?.lastAt ?? 0) >= since) this.desk.post({ type: 'looked', check: key, since });
      else this.#asked.set(key, Math.max(since, this.#asked.get(key) ?? 0));
    }
  }

  #follow(rules: Rules): void {
    const checks = Object.values(rules.services).flatMap((service) => service.checks);
    const { wall } = this.#ports.clock();
    this.#rules = new Map(checks.map((check) => [check.key, check]));
    for (const key of this.#cells.keys()) if (!this.#rules.has(key)) this.#cells.delete(key);
    for (const key of this.#watchedFrom.keys()) if (!this.#rules.has(key)) this.#watchedFrom.delete(key);
    for (const key of this.#asked.keys()) if (!this.#rules.has(key)) this.#asked.delete(key);
    for (const { key } of checks) if (!this.#watchedFrom.has(key)) this.#watchedFrom.set(key, wall);
    this.#certificates = new Map(checks.flatMap((rule) => (rule.seenBy ?? []).map((key) => [key, rule] as const)));
    const looking = checks.filter(({ seenBy }) => seenBy === undefined);
    this.#scheduler.setChecks(looking, { hours: rules.hours, timezone: rules.timezone });
    for (const { key } of checks) this.#pace(key);
  }

  #take({ check, observation, startedMono, lagMs }: LookResult): void {
    const rule = this.#rules.get(check.key);
    const { now, slept } = this.#readClocks();
    if (rule === undefined || slept) return;
    const at = Math.round(now.wall - (now.mono - startedMono));
    const { certificate, ...seen } =
      observation.status !== 'up' && lagMs > lagLimitMs ? doubted(observation, lagMs) : observation;
    const certificateRule = this.#certificates.get(rule.key);
    if (certificate !== undefined && certificateRule !== undefined) this.#fold(certificateRule, certificate, at);
    this.#fold(rule, seen, at);
  }

  #fold(rule: CheckRule, seen: Observation, at: number): void {
    const { cell, transition } = observe(this.#cells.get(rule.key) ?? freshCell, seen, rule, at);
    this.#cells.set(rule.key, cell);
    this.#pace(rule.key);
    const grade = cell.lastStatus === 'unknown' ? 'unknown' : (cell.recent.at(-1) ?? 'unknown');
    this.#ports.history.note({ check: rule.key, at, seen: grade, message: seen.message, measures: seen.measures });
    if (transition !== undefined) this.desk.post({ type: 'transition', transition });
    this.#tellLooked(rule.key, at);
  }

  #tellLooked(check: string, at: number): void {
    const since = this.#asked.get(check);
    if (since === undefined || at < since) return;
    this.#asked.delete(check);
    this.desk.post({ type: 'looked', check, since });
  }

  /** A check is looked at more often while its state, or that of the certificate which its looks see, is soft. */
  #pace(key: string): void {
    for (const looking of this.#rules.get(key)?.seenBy ?? [key]) {
      const isSoftNow = this.#isSoft(looking) || this.#isSoft(this.#certificates.get(looking)?.key);
      this.#scheduler.setPace(looking, isSoftNow ? 'retry' : 'interval');
    }
  }

  #isSoft(key: string | undefined): boolean {
    const cell = this.#cells.get(key ?? '');
    return cell !== undefined && isSoft(cell);
  }

  #adopt(checks: readonly string[], record: LiveRecord): void {
    for (const key of checks) {
      const known = record.cells.get(key);
      const cell = this.#cells.get(key);
      if (known !== undefined) this.#cells.set(key, cell === undefined ? known : decidedAnew(cell, known));
      else if (cell !== undefined && !isPlain(cell)) this.#cells.delete(key);
      this.#pace(key);
    }
  }

  #isWatched(rule: CheckRule, rules: Rules, wall: number): boolean {
    const hours = rule.watch === undefined ? undefined : rules.hours[rule.watch];
    return hours === undefined || isWithin(hours, wall, rules.timezone);
  }

  async #beat(): Promise<void> {
    const { now } = this.#readClocks();
    this.#sweep(now.wall);
    this.#pulse = this.#ports.timer.at(now.mono + pulseMs, () => void this.#beat());
    await this.#ports.store.touchAlive(now.wall).catch((error: unknown) => {
      this.#ports.log('error', 'the sign of life cannot be written', { error: String(error) });
    });
  }

  /**
   * Reads the clocks, before anything is decided by them. The wall clock moved against the clock that runs through sleep:
   * it was set. That one moved against the monotonic clock, which stands still in sleep: the machine slept. Both ran on,
   * but nothing was read for long: we were stopped.
   */
  #readClocks(): { readonly now: Now; readonly slept: boolean } {
    const now = this.#ports.clock();
    const before = this.#lastRead;
    this.#lastRead = now;
    const moved = now.boot - before.boot;
    const setBy = Math.abs(moved) > clockToleranceMs ? moved : 0;
    if (setBy !== 0) this.#shiftClock(setBy);
    const elapsed = now.wall - before.wall - setBy;
    const slept = elapsed - (now.mono - before.mono) > clockToleranceMs || elapsed > silenceMs;
    if (slept) this.#resume(now.wall, elapsed);
    return { now, slept };
  }

  #shiftClock(byMs: number): void {
    this.#ports.log('warn', 'the clock was set', { byMs });
    for (const [key, cell] of this.#cells) this.#cells.set(key, shiftCell(cell, byMs));
    for (const [key, from] of this.#watchedFrom) this.#watchedFrom.set(key, from + byMs);
    for (const [key, since] of this.#asked) this.#asked.set(key, since + byMs);
    this.desk.postFirst({ type: 'clock-set', byMs });
    this.#scheduler.clockSet();
  }

  #resume(wall: number, elapsedMs: number): void {
    this.#ports.log('warn', 'no time passed for this daemon: the machine slept, or it was stopped', { forMs: elapsedMs });
    for (const key of this.#watchedFrom.keys()) this.#watchedFrom.set(key, wall);
    this.desk.postFirst({ type: 'slept', from: wall - elapsedMs, to: wall });
    this.#scheduler.reanchor();
  }

  #sweep(wall: number): void {
    for (const [key, rule] of this.#rules) {
      if (!this.#isWatched(rule, this.desk.rules, wall)) {
        this.#watchedFrom.set(key, wall);
        continue;
      }
      const cell = this.#cells.get(key) ?? freshCell;
      const noticed = notice(cell, rule, this.#watchedFrom.get(key) ?? wall, wall);
      if (noticed.transition === undefined) continue;
      this.#cells.set(key, noticed.cell);
      this.desk.post({ type: 'transition', transition: noticed.transition });
    }
  }
}

/** What the record decided about a check, with what has been seen of it since its last transition. */
function decidedAnew(seen: Cell, { hard, since, row, suspect, verifying, settling }: Cell): Cell {
  return { ...seen, hard, since, row, suspect, verifying, settling };
}

/** What a late look saw may be our own fault. */
function doubted({ certificate: _, ...observation }: Observation, lagMs: number): Observation {
  return {
    ...observation,
    status: 'unknown',
    reason: 'not-watched',
    message: `incidentd was too busy to look (${Math.round(lagMs)} ms late); it saw: ${observation.message}`,
  };
}
