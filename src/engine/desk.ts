import { duties } from '../core/duties.ts';
import type { Act, Answer, DeskEvent, Effect, Now } from '../core/event.ts';
import type { Incident } from '../core/incident.ts';
import type { Notification } from '../core/notification.ts';
import { notificationsOf } from '../core/parts/archive.ts';
import { shiftEvent } from '../core/parts/clock.ts';
import { type RemedyDuty, startedRemedies } from '../core/parts/remedies.ts';
import type { LiveRecord } from '../core/record.ts';
import type { Rules } from '../core/rules.ts';
import { foldEvents } from '../core/step.ts';
import { Courier } from './courier.ts';
import { Inquirer } from './inquirer.ts';
import { Ledger } from './ledger.ts';
import type { Cancel, Ports } from './ports.ts';
import { Repairs } from './repairs.ts';

/** Events folded in one turn; what arrives meanwhile waits for the next: that is the group commit. */
const eventsPerTurn = 500;
/** An incident that the history could not take is offered again after this long. */
const archiveRetryMs = 60_000;
/** After a turn that failed the next one comes at the latest after this long. */
const failedTurnMs = 10_000;
/** Events that may wait; past it the oldest transitions are not worth more memory. */
const queueLimit = 100_000;

/** What the desk asks of the rest of the engine. */
export interface Shell {
  /** Reads the clocks; where they have been set, or stood still, the desk is told first (`postFirst`). */
  readClocks(): Now;
  /** Effects that concern checks. */
  /** Looks now; with `since`, `looked` is posted for each that has been looked at since then. */
  probe(checks: readonly string[], since?: number): void;
  adoptCells(checks: readonly string[], record: LiveRecord): void;
}

/**
 * The one loop in which everything is decided. A turn takes the waiting events, folds `step` over them, commits once
 * if the record changed, and only then starts what the record asks for.
 *
 * Where a commit fails or hangs the desk is degraded: it goes on from memory under the same keys until one works.
 */
export class Desk {
  readonly #ports: Ports;
  readonly #shell: Shell;
  readonly #courier: Courier;
  readonly #inquirer: Inquirer;
  readonly #repairs: Repairs;
  readonly #ledger: Ledger;
  #rules: Rules;
  #record: LiveRecord;
  #published: LiveRecord;
  #queue: DeskEvent[] = [];
  #turning: Promise<void> | null = null;
  #wake: Cancel = () => {};
  #tickets = new Map<number, (answer: Answer) => void>();
  #lastTicket = 0;
  #archiving = new Set<string>();
  #stopped = false;

  constructor(ports: Ports, shell: Shell, rules: Rules, record: LiveRecord) {
    this.#ports = ports;
    this.#shell = shell;
    this.#rules = rules;
    this.#record = record;
    this.#published = record;
    this.#courier = new Courier(ports, (event) => this.post(event));
    this.#inquirer = new Inquirer(ports, (event) => this.post(event));
    this.#repairs = new Repairs(ports, (event) => this.post(event));
    this.#ledger = new Ledger(ports, record, {
      onDegraded: (detail) => this.#queue.push({ type: 'trouble', what: 'record-not-writable', detail }),
      onUnhung: () => void this.turn(),
    });
  }

  /** The record as it was last written down or, while it cannot be, as it is: nobody is shown what a crash would undo. */
  get record(): LiveRecord {
    return this.#published;
  }

  get rules(): Rules {
    return this.#rules;
  }

  /** True while what is decided cannot be written down. */
  get degraded(): boolean {
    return this.#ledger.degraded;
  }

  /** Takes rules into force with the next event. */
  changeRules(rules: Rules): void {
    const before = this.#rules;
    this.#rules = rules;
    this.post({ type: 'rules-changed', before });
  }

  /** Hands in an event; a turn follows. */
  post(event: DeskEvent): void {
    if (this.#queue.length >= queueLimit) {
      this.#ports.log('error', 'event dropped: the desk is overrun', { type: event.type });
      return;
    }
    this.#queue.push(event);
    void this.turn();
  }

  /** Hands in what must be known before anything that waits already: a clock was set, the machine slept. */
  postFirst(event: DeskEvent): void {
    const waiting = event.type === 'clock-set' ? this.#queue.map((one) => shiftEvent(one, event.byMs)) : this.#queue;
    this.#queue = [event, ...waiting];
    void this.turn();
  }

  /** A person acts; the answer comes once the act is committed. */
  act(act: Act, by: string): Promise<Answer> {
    const ticket = ++this.#lastTicket;
    const answered = new Promise<Answer>((resolve) => this.#tickets.set(ticket, resolve));
    this.post({ type: 'act', act, by, ticket });
    return answered;
  }

  /** Runs turns until nothing waits. Calls join the one that is running. */
  turn(): Promise<void> {
    this.#turning ??= this.#run().finally(() => {
      this.#turning = null;
      if (this.#queue.length > 0 && !this.#stopped) void this.turn();
    });
    return this.#turning;
  }

  async #run(): Promise<void> {
    await Promise.resolve();
    do await this.#onceOrTell();
    while (this.#queue.length > 0);
  }

  /** A turn that fails for a defect must not end the daemon: the next one goes on with what waits. */
  async #onceOrTell(): Promise<void> {
    try {
      await this.#once();
    } catch (error) {
      const stack = error instanceof Error ? error.stack : undefined;
      this.#ports.log('error', 'a turn failed: a defect of incidentd', { error: String(error), stack });
      this.#wake = this.#ports.timer.at(this.#ports.clock().mono + failedTurnMs, () => void this.turn());
    }
  }

  async #once(): Promise<void> {
    this.#wake();
    const now = this.#shell.readClocks();
    const events = this.#queue.splice(0, eventsPerTurn);
    const effects = this.#fold([...events, { type: 'time' }], now);
    for (const effect of effects) if (effect.type === 'adopt-cells') this.#shell.adoptCells(effect.checks, this.#record);
    await this.#ledger.write(this.#record);
    this.#published = this.#record;
    for (const effect of effects) this.#start(effect);
    this.#doDuties(events, now);
  }

  #fold(events: readonly DeskEvent[], now: Now): readonly Effect[] {
    const { record, effects, failed } = foldEvents(this.#record, events, now, this.#rules);
    this.#record = record;
    for (const { event, error } of failed) this.#skip(event, error);
    return effects;
  }

  /** An event that a part cannot digest is told once and skipped; its neighbours are decided all the same. */
  #skip(event: DeskEvent, error: unknown): void {
    this.#ports.log('error', 'event skipped: a defect of incidentd', {
      event,
      error: String(error),
      stack: (error as Error).stack,
    });
    if (event.type === 'act') this.#answer(event.ticket, { ok: false, reason: 'internal-error' });
    if (event.type !== 'trouble' && event.type !== 'time') {
      this.#queue.push({ type: 'trouble', what: 'event-skipped', detail: `${event.type}: ${String(error)}` });
    }
  }

  #start(effect: Effect): void {
    if (effect.type === 'log') this.#ports.log(effect.level, effect.sentence, effect.fields);
    else if (effect.type === 'answer') this.#answer(effect.ticket, effect.answer);
    else if (effect.type === 'probe') this.#shell.probe(effect.checks, effect.since);
    else if (effect.type === 'diagnose') this.#inquirer.diagnose(effect.complaint);
    else if (effect.type === 'recall') this.#inquirer.recall(effect.recall);
  }

  #answer(ticket: number, answer: Answer): void {
    this.#tickets.get(ticket)?.(answer);
    this.#tickets.delete(ticket);
  }

  /** Reads the duties at the instant of the turn: what fell due while it was committed is due at once. */
  #doDuties(events: readonly DeskEvent[], now: Now): void {
    if (this.#stopped) return;
    const due = duties(this.#record, now, this.#rules);
    const started = events.flatMap((event) => (event.type === 'delivery-started' ? event.keys : []));
    this.#courier.send(started, { record: this.#record, rules: this.#rules, now: this.#ports.clock().wall });
    this.#claim(due.deliver);
    this.#repair(events, due.runRemedy);
    for (const incident of due.archive) this.#archive(incident);
    const wakeAt = Math.min(due.wakeAt ?? Number.POSITIVE_INFINITY, now.wall + (this.degraded ? 10_000 : 3_600_000));
    this.#wake = this.#ports.timer.at(now.mono + Math.max(0, wakeAt - now.wall), () => void this.turn());
  }

  /** The marks of one turn are one commit: they are events of the next, and sending starts after that. */
  #claim(entries: readonly Notification[]): void {
    const keys = this.#courier.claim(entries.map(({ key }) => key));
    if (keys.length > 0) this.#queue.push({ type: 'delivery-started', keys });
  }

  /** Likewise for remedies: each is recorded as running before it starts. */
  #repair(events: readonly DeskEvent[], requested: readonly RemedyDuty[]): void {
    const started = events.flatMap((event) => (event.type === 'remedy-started' ? event.keys : []));
    const now = this.#ports.clock().wall;
    const running = startedRemedies(this.#record, this.#rules, started);
    this.#repairs.start(
      started,
      running.map((duty) => ({ ...duty, record: this.#record, rules: this.#rules, now })),
    );
    const keys = this.#repairs.claim(requested);
    if (keys.length > 0) this.#queue.push({ type: 'remedy-started', keys });
  }

  #archive(incident: Incident): void {
    if (this.#archiving.has(incident.id)) return;
    this.#archiving.add(incident.id);
    this.#ports.history.archive(incident, notificationsOf(this.#record, incident.id)).then(
      () => {
        this.#archiving.delete(incident.id);
        this.post({ type: 'archived', incident });
      },
      (error: unknown) => {
        this.#ports.log('warn', 'the history did not take a closed incident; it stays in the record', {
          incident: incident.id,
          error: String(error),
        });
        this.#ports.timer.at(this.#ports.clock().mono + archiveRetryMs, () => {
          this.#archiving.delete(incident.id);
          void this.turn();
        });
      },
    );
  }

  /** Ends deliveries (before their DATA abandoned, in DATA uncertain), writes down how they ended, and stops. */
  async stop(): Promise<void> {
    this.#inquirer.stop();
    await Promise.all([this.#courier.stop(), this.#repairs.stop()]);
    await this.turn();
    this.#stopped = true;
    this.#wake();
    for (const ticket of this.#tickets.keys()) this.#answer(ticket, { ok: false, reason: 'stopping' });
  }
}
