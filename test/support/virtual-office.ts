import type { Complaint, Diagnosis } from '../../src/core/diagnosis.ts';
import type { Act, Answer, DeliveryState } from '../../src/core/event.ts';
import type { Incident, TimelineEntry } from '../../src/core/incident.ts';
import type { Recall, Recalled } from '../../src/core/known-error.ts';
import type { Notification, NotificationKind } from '../../src/core/notification.ts';
import type { Observation } from '../../src/core/observation.ts';
import { emptyRecord, type LiveRecord } from '../../src/core/record.ts';
import type { RemedyEnd } from '../../src/core/remedy.ts';
import type { Rules } from '../../src/core/rules.ts';
import { Engine } from '../../src/engine/engine.ts';
import type { Ports, RemedyRequest } from '../../src/engine/ports.ts';
import { VirtualTime } from '../../src/engine/virtual-time.ts';
import { liveRecordSchema, recordToJson } from '../../src/store/record-schema.ts';
import { type Seen, seen } from './seen.ts';
import { ms } from './span.ts';

export interface SentMail {
  /** Minutes since the story began, to a tenth. */
  readonly minute: number;
  readonly kind: NotificationKind;
  readonly to: string;
  readonly address: string;
  readonly incidents: readonly string[];
  readonly reason: string;
  readonly key: string;
}

/** Where the daemon is killed: at the n-th commit or delivery of the story, just before it takes effect or just after. */
export interface CrashPoint {
  readonly at: 'commit' | 'delivery';
  readonly number: number;
  readonly when: 'before' | 'after';
}

/** The real engine in virtual time: what checks see and what the mail server and the disk do is set by the story. */
export class VirtualOffice {
  engine: Engine;
  readonly time: VirtualTime;
  readonly sent: SentMail[] = [];
  readonly archived = new Map<string, Incident>();
  readonly archivedNotifications = new Map<string, Notification>();
  readonly logged: string[] = [];
  /** What must never be: events or results that the engine could not digest. */
  readonly defects: string[] = [];
  /** Mails that were being sent when the daemon was killed: of these a copy may be out. */
  readonly inDoubt = new Set<string>();
  readonly looks: { readonly check: string; readonly minute: number }[] = [];
  /** What the mail server does with a mail; by default it takes it. `hang`: it is asked again at the deadline. */
  mail: (notification: Notification) => DeliveryState | 'hang' = () => 'sent';
  /** What looking into a cause finds; by default nothing more than the check itself. `hang`: no answer comes. */
  diagnosis: (complaint: Complaint) => Omit<Diagnosis, 'at'> | null | 'hang' = () => null;
  /** What the history knows of earlier incidents; by default nothing. `hang`: no answer comes. */
  recalled: (recall: Recall) => Recalled | 'hang' = () => ({ seen: 0, lastAt: null, similar: [] });
  /** How a remedy ends; by default well. `hang`: at its deadline. */
  remedy: (request: RemedyRequest) => RemedyEnd | 'hang' = () => ({ ok: true, outcome: 'exit status 0', output: '' });
  /** Remedies that were started, with the minute. */
  readonly repairs: { readonly minute: number; readonly label: string; readonly key: string }[] = [];
  /** Whether the disk takes a commit; `hang`: it does not answer until the story lets it work. */
  disk: 'works' | 'fails' | 'hangs' = 'works';
  /** How long a look takes, ms. */
  lookMs = 0;
  /** How often the disk has been asked to write, and the mail server to take a mail. */
  commits = 0;
  deliveries = 0;
  /** The daemon is killed there, and started again a second later. */
  crashPoint: CrashPoint | null = null;
  #rules: Rules;
  #committed: LiveRecord = emptyRecord;
  #alive: number | null = null;
  #scripts = new Map<string, string>();
  #besides = new Map<string, Partial<Observation>>();
  #generation = 0;
  #dead = false;
  #hanging: (() => void)[] = [];

  private constructor(rules: Rules, start: number, bootedBeforeMs: number) {
    this.#rules = rules;
    this.time = new VirtualTime(start, bootedBeforeMs);
    this.engine = new Engine(this.#ports(), rules, emptyRecord);
  }

  /** Opens the office at `start` (ISO instant), on a machine that has run for a day unless said. */
  static async open(rules: Rules, start = '2026-11-24T09:00:00Z', bootedBeforeMs = 86_400_000): Promise<VirtualOffice> {
    const office = new VirtualOffice(rules, Date.parse(start), bootedBeforeMs);
    await office.#begin(null);
    return office;
  }

  /** What the next looks at a check see, one character a look; the last one goes on. */
  play(check: string, script: string): void {
    this.#scripts.set(check, script);
  }

  /** What the next looks at a check see besides, such as a certificate. */
  sees(check: string, besides: Partial<Observation>): void {
    this.#besides.set(check, besides);
  }

  /** Lets time pass: `90s`, `5m`, `1h30m`, `3d`. */
  async pass(duration: string): Promise<void> {
    await this.time.pass(ms(duration), () => this.#settle());
  }

  /** Lets time pass until a minute of the story. */
  async passTo(minute: number): Promise<void> {
    const left = this.time.start + minute * 60_000 - this.time.now().wall;
    await this.time.pass(left, () => this.#settle());
  }

  /** Kills the daemon and starts it again after `off` (a duration); what was not committed is lost. */
  async crash(off = '1s', how: { readonly reboot?: boolean; readonly rules?: Rules } = {}): Promise<void> {
    this.#kill();
    this.time.forgetTimers();
    for (const { key, state } of this.#committed.outbox.values()) if (state === 'sending') this.inDoubt.add(key);
    await this.pass(off);
    if (how.reboot === true) this.time.reboot();
    this.#rules = how.rules ?? this.#rules;
    this.#committed = liveRecordSchema.parse(JSON.parse(recordToJson(this.#committed)));
    this.#dead = false;
    this.engine = new Engine(this.#ports(), this.#rules, this.#committed);
    await this.#begin(this.#alive);
  }

  async reload(rules: Rules): Promise<void> {
    this.#rules = rules;
    this.engine.changeRules(rules);
    await this.#settle();
  }

  async act(act: Act, by = 'anna'): Promise<Answer> {
    const answer = this.engine.act(act, by);
    const { engine } = this;
    await this.#settle();
    return this.engine === engine ? await answer : { ok: false, reason: 'stopping' };
  }

  /** All incidents, archived ones included, in order of their ids. */
  get incidents(): Incident[] {
    const all = new Map([...this.archived, ...this.engine.desk.record.incidents]);
    return [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** The only incident there is. */
  get incident(): Incident {
    const [only, ...others] = this.incidents;
    if (only === undefined || others.length > 0) throw new Error(`expected one incident, found ${this.incidents.length}`);
    return only;
  }

  /** `kind>recipient`, in order of sending. */
  get mails(): string[] {
    return this.sent.map(({ kind, to }) => `${kind}>${to}`);
  }

  /** `minute kind>recipient`, in order of sending. */
  get post(): string[] {
    return this.sent.map(({ minute, kind, to }) => `${Math.round(minute)} ${kind}>${to}`);
  }

  get outbox(): Notification[] {
    return [...this.engine.desk.record.outbox.values()];
  }

  /** All notifications, of archived incidents, too. */
  get notifications(): Notification[] {
    return [...new Map([...this.archivedNotifications, ...this.engine.desk.record.outbox]).values()];
  }

  /** Minutes since the story began, to a tenth. */
  get minute(): number {
    return this.minuteOf(this.time.now().wall);
  }

  minuteOf(wall: number): number {
    return Math.round((wall - this.time.start) / 6_000) / 10;
  }

  /** `minute type`, for one incident's log. */
  course(incident: Incident = this.incident): string[] {
    return incident.timeline.map(({ at, type }) => `${Math.round(this.minuteOf(at))} ${type}`);
  }

  entries(type: TimelineEntry['type'], incident: Incident = this.incident): TimelineEntry[] {
    return incident.timeline.filter((entry) => entry.type === type);
  }

  get committed(): LiveRecord {
    return this.#committed;
  }

  /** Lets writes that hang end well. */
  async unhang(): Promise<void> {
    this.disk = 'works';
    for (const done of this.#hanging.splice(0)) done();
    await this.#settle();
  }

  async #begin(aliveAt: number | null): Promise<void> {
    void this.engine.start(aliveAt);
    await this.#settle();
  }

  #kill(): void {
    this.#generation += 1;
    this.#dead = true;
  }

  /** Everything virtual answers at once, so one round of the event loop is enough. */
  async #settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.defects.length > 0) throw new Error(this.defects[0]);
    if (this.#dead) await this.crash();
  }

  #ports(): Ports {
    const generation = this.#generation;
    const alive = () => generation === this.#generation;
    return {
      clock: () => this.time.now(),
      timer: { at: (mono, fire) => (alive() ? this.time.timer.at(mono, fire) : () => {}) },
      look: (check) => this.#takeLook(check.key),
      diagnose: async (complaint, signal) => {
        const found = alive() ? this.diagnosis(complaint) : 'hang';
        if (found === 'hang') return await aborted(signal, null);
        return found === null ? null : { ...found, at: this.time.now().wall };
      },
      runRemedy: async (request, signal) => {
        if (!alive()) return never();
        this.repairs.push({ minute: this.minute, label: request.run.label, key: request.run.key });
        const end = this.remedy(request);
        return end === 'hang' ? await aborted(signal, { ok: false, outcome: 'took too long', output: '' }) : end;
      },
      deliver: ({ notification }, signal) => this.#deliver(notification, alive, signal),
      store: {
        commit: (record) => this.#commit(record, alive),
        touchAlive: (wall) => {
          if (alive()) this.#alive = wall;
          return Promise.resolve();
        },
      },
      history: {
        archive: (incident, notifications) => {
          if (!alive()) return never();
          this.archived.set(incident.id, incident);
          for (const entry of notifications) this.archivedNotifications.set(entry.key, entry);
          return Promise.resolve();
        },
        recall: (recall) => {
          const found = alive() ? this.recalled(recall) : 'hang';
          return found === 'hang' ? never() : Promise.resolve(found);
        },
        note: () => {},
      },
      log: (level, sentence, fields) => {
        this.logged.push(sentence);
        if (level === 'error' && sentence.includes('defect')) this.defects.push(`${sentence}: ${JSON.stringify(fields)}`);
      },
    };
  }

  async #takeLook(check: string): Promise<Observation> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.lookMs === 0) resolve();
    else this.time.timer.at(this.time.now().mono + this.lookMs, resolve);
    await promise;
    return this.#look(check);
  }

  #look(check: string): Observation {
    const script = this.#scripts.get(check) ?? '.';
    if (script.length > 1) this.#scripts.set(check, script.slice(1));
    this.looks.push({ check, minute: this.minute });
    const observation = seen[script[0] as Seen];
    if (observation === undefined) throw new Error(`a script holds only . x ! # and ?: ${script}`);
    return { ...observation, ...this.#besides.get(check) };
  }

  async #deliver(notification: Notification, alive: () => boolean, signal: AbortSignal) {
    if (!alive()) return never();
    this.deliveries += 1;
    if (this.#crashes('delivery', this.deliveries, 'before')) return never();
    let answer = this.mail(notification);
    if (answer === 'hang') {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      answer = this.mail(notification);
    }
    const state = answer === 'hang' ? 'uncertain' : answer;
    if (state === 'sent' || state === 'uncertain') {
      const { kind, to, address, incidents, reason, key } = notification;
      this.sent.push({ minute: this.minute, kind, to, address, incidents, reason, key });
    }
    if (this.#crashes('delivery', this.deliveries, 'after')) return never();
    return { state, response: state === 'sent' ? '250 ok' : state };
  }

  async #commit(record: LiveRecord, alive: () => boolean): Promise<void> {
    if (!alive()) return never();
    this.commits += 1;
    if (this.disk === 'fails') throw new Error('no space left on device');
    if (this.disk === 'hangs') await new Promise<void>((resolve) => this.#hanging.push(resolve));
    if (this.#crashes('commit', this.commits, 'before')) return never();
    if (alive()) this.#committed = record;
    if (this.#crashes('commit', this.commits, 'after')) return never();
  }

  #crashes(at: CrashPoint['at'], number: number, when: CrashPoint['when']): boolean {
    const point = this.crashPoint;
    if (point?.at !== at || point.number !== number || point.when !== when) return false;
    this.#kill();
    return true;
  }
}

function aborted<Answer>(signal: AbortSignal, answer: Answer): Promise<Answer> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(answer)));
}

function never(): Promise<never> {
  return new Promise(() => {});
}
