import { duties } from '../../src/core/duties.ts';
import type { Act, Answer, DeliveryState, DeskEvent, Effect, Now } from '../../src/core/event.ts';
import type { Notification } from '../../src/core/notification.ts';
import type { CauseCode, Observation } from '../../src/core/observation.ts';
import { freshCell, isPlain, notice, observe } from '../../src/core/observe.ts';
import { shiftCell } from '../../src/core/parts/clock.ts';
import { type Cell, emptyRecord, type LiveRecord } from '../../src/core/record.ts';
import type { CheckRule, Rules } from '../../src/core/rules.ts';
import { step } from '../../src/core/step.ts';
import { liveRecordSchema, recordToJson } from '../../src/store/record-schema.ts';

/** Called after every step with the record before and after it. */
export type Watcher = (before: LiveRecord, after: LiveRecord, event: DeskEvent, desk: LooseDesk) => void;

/** `step` and `duties` alone, without the engine: events come in any order that a test likes. */
export class LooseDesk {
  record: LiveRecord = emptyRecord;
  rules: Rules;
  readonly cells = new Map<string, Cell>();
  readonly answers: Answer[] = [];
  readonly archived: string[] = [];
  /** Questions of the desk that nobody has answered yet; a restart forgets them. */
  questions: Extract<Effect, { readonly type: 'probe' | 'diagnose' | 'recall' }>[] = [];
  readonly #watch: Watcher;
  #wall: number;
  #boot: number;
  #watchedFrom: number;

  constructor(rules: Rules, start: number, watch: Watcher = () => {}) {
    this.rules = rules;
    this.#wall = start;
    this.#watchedFrom = start;
    this.#boot = start - 86_400_000;
    this.#watch = watch;
    this.take({ type: 'started', aliveAt: null });
  }

  get now(): Now {
    return { wall: this.#wall, mono: this.#wall - this.#boot, boot: this.#boot };
  }

  get checks(): CheckRule[] {
    return Object.values(this.rules.services).flatMap(({ checks }) => checks);
  }

  /** Folds an event, then time, as a turn does. */
  take(event: DeskEvent): void {
    this.#fold(event);
    this.#fold({ type: 'time' });
  }

  look(rule: CheckRule, observation: Observation): void {
    const { cell, transition } = observe(this.cells.get(rule.key) ?? freshCell, observation, rule, this.#wall);
    this.cells.set(rule.key, cell);
    if (transition !== undefined) this.take({ type: 'transition', transition });
  }

  pass(lengthMs: number): void {
    this.#wall += lengthMs;
    for (const rule of this.checks) {
      const noticed = notice(this.cells.get(rule.key) ?? freshCell, rule, this.#watchedFrom, this.#wall);
      this.cells.set(rule.key, noticed.cell);
      if (noticed.transition !== undefined) this.take({ type: 'transition', transition: noticed.transition });
    }
    this.take({ type: 'time' });
  }

  /** Time passes in which every check was looked at and found well. */
  passWell(lengthMs: number, well: Observation): void {
    this.#wall += lengthMs;
    for (const rule of this.checks) this.look(rule, well);
    this.take({ type: 'time' });
  }

  act(act: Act, by: string): void {
    this.take({ type: 'act', act, by, ticket: 0 });
  }

  /** Sends everything that is due, and takes in how it ended; with `lost` the daemon dies before that. */
  deliver(outcome: (entry: Notification) => DeliveryState | 'lost'): void {
    const keys = duties(this.record, this.now, this.rules).deliver.map(({ key }) => key);
    if (keys.length === 0) return;
    this.take({ type: 'delivery-started', keys });
    for (const key of keys) {
      const entry = this.record.outbox.get(key);
      const state = entry === undefined ? 'lost' : outcome(entry);
      if (state !== 'lost') this.take({ type: 'delivery-ended', key, state, response: state });
    }
    if ([...this.record.outbox.values()].some(({ state }) => state === 'sending')) this.restart(1_000);
  }

  /** Answers the oldest question, or lets it be lost. */
  answer(code: CauseCode | null): void {
    const question = this.questions.shift();
    if (question === undefined || code === null) return;
    if (question.type === 'probe') {
      const { checks, since = 0 } = question;
      for (const check of checks) this.take({ type: 'looked', check, since });
    } else if (question.type === 'diagnose') {
      const diagnosis = { at: this.#wall, code, findings: [] };
      this.take({ type: 'diagnosed', complaint: question.complaint, diagnosis });
    } else this.take({ type: 'recalled', recall: question.recall, recalled: { seen: 0, lastAt: null, similar: [] } });
  }

  /** Runs the remedies that are due; with `lost` the daemon dies in the middle. */
  repair(outcome: 'ok' | 'failed' | 'lost'): void {
    const keys = duties(this.record, this.now, this.rules).runRemedy.map(({ run }) => run.key);
    if (keys.length === 0) return;
    this.take({ type: 'remedy-started', keys });
    if (outcome === 'lost') this.restart(1_000);
    else {
      const end = { ok: outcome === 'ok', outcome, output: '' };
      for (const key of keys) this.take({ type: 'remedy-ended', key, end });
    }
  }

  archive(): void {
    for (const incident of duties(this.record, this.now, this.rules).archive) {
      this.archived.push(incident.id);
      this.take({ type: 'archived', incident });
    }
  }

  setClock(byMs: number): void {
    this.#wall += byMs;
    this.#boot += byMs;
    this.#watchedFrom += byMs;
    for (const [key, cell] of this.cells) this.cells.set(key, shiftCell(cell, byMs));
    this.take({ type: 'clock-set', byMs });
  }

  sleep(lengthMs: number): void {
    const from = this.#wall;
    this.#wall += lengthMs;
    this.#watchedFrom = this.#wall;
    this.take({ type: 'slept', from, to: this.#wall });
  }

  restart(offMs: number, reboot = false): void {
    const aliveAt = this.#wall;
    this.#wall += offMs;
    if (reboot) this.#boot = this.#wall - 1_000;
    this.#watchedFrom = this.#wall;
    this.record = liveRecordSchema.parse(JSON.parse(recordToJson(this.record)));
    this.cells.clear();
    this.questions = [];
    for (const [key, cell] of this.record.cells) this.cells.set(key, cell);
    this.take({ type: 'started', aliveAt });
  }

  reload(rules: Rules): void {
    const before = this.rules;
    this.rules = rules;
    for (const key of this.cells.keys()) if (!this.checks.some((rule) => rule.key === key)) this.cells.delete(key);
    this.take({ type: 'rules-changed', before });
  }

  #fold(event: DeskEvent): void {
    const before = this.record;
    const decided = step(before, event, this.now, this.rules);
    this.record = decided.record;
    for (const effect of decided.effects) this.#start(effect);
    this.#watch(before, this.record, event, this);
  }

  #start(effect: Effect): void {
    if (effect.type === 'answer') this.answers.push(effect.answer);
    const isQuestion =
      effect.type === 'diagnose' || effect.type === 'recall' || (effect.type === 'probe' && effect.since !== undefined);
    if (isQuestion) this.questions.push(effect);
    if (effect.type !== 'adopt-cells') return;
    for (const key of effect.checks) {
      const cell = this.record.cells.get(key);
      const known = this.cells.get(key);
      if (cell !== undefined) this.cells.set(key, cell);
      else if (known !== undefined && !isPlain(known)) this.cells.delete(key);
    }
  }
}
