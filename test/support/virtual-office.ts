import type { Act, Answer, DeliveryState, Now } from '../../src/core/event.ts';
import type { Observation } from '../../src/core/observation.ts';
import { emptyRecord, type Incident, type LiveRecord, type Notification, type NotificationKind } from '../../src/core/record.ts';
import type { Rules } from '../../src/core/rules.ts';
import { Engine } from '../../src/engine/engine.ts';
import type { Ports } from '../../src/engine/ports.ts';

/** What a check sees: up, down, degraded, degraded by a critical forewarning, or unknown. */
export type Seen = '.' | 'x' | '!' | '?';

export interface SentMail {
  /** Minutes since the story began, to a tenth. */
  readonly minute: number;
  readonly kind: NotificationKind;
  readonly to: string;
  readonly incidents: readonly string[];
  readonly reason: string;
  readonly key: string;
}

interface VirtualTimer {
  readonly mono: number;
  readonly order: number;
  readonly fire: () => void;
}

const observations: Readonly<Record<Seen, Observation>> = {
  '.': { status: 'up', reason: 'ok', message: 'fine', measures: [], evidence: [] },
  x: { status: 'down', reason: 'port-closed', message: 'connection refused', measures: [], evidence: [] },
  '!': { status: 'degraded', reason: 'slow', message: 'slow', measures: [], evidence: [] },
  '?': { status: 'unknown', reason: 'not-watched', message: 'cannot look', measures: [], evidence: [] },
};

/** The real engine in virtual time: what checks see and what the mail server says is set by the story. */
export class VirtualOffice {
  engine: Engine;
  readonly sent: SentMail[] = [];
  readonly archived = new Map<string, Incident>();
  readonly logged: string[] = [];
  /** What must never be: events or results that the engine could not digest. */
  readonly defects: string[] = [];
  readonly looks: { readonly check: string; readonly minute: number }[] = [];
  /** What the mail server does with a mail; by default it takes it. */
  mail: (notification: Notification) => DeliveryState = () => 'sent';
  /** Whether the disk takes a commit. */
  disk: 'works' | 'fails' = 'works';
  commits = 0;
  #rules: Rules;
  #committed: LiveRecord = emptyRecord;
  #alive: number | null = null;
  #timers: VirtualTimer[] = [];
  #order = 0;
  #wall: number;
  #mono = 1_000;
  #boot: number;
  readonly #start: number;
  #scripts = new Map<string, string>();
  #generation = 0;

  private constructor(rules: Rules, start: number, boot: number) {
    this.#rules = rules;
    this.#wall = start;
    this.#start = start;
    this.#boot = boot;
    this.engine = new Engine(this.#ports(), rules, emptyRecord);
  }

  /** Opens the office at `start` (ISO instant), on a machine that has run for a day unless said. */
  static async open(rules: Rules, start = '2026-11-24T09:00:00Z', bootedBeforeMs = 86_400_000): Promise<VirtualOffice> {
    const wall = Date.parse(start);
    const office = new VirtualOffice(rules, wall, wall - bootedBeforeMs);
    await office.engine.start(null);
    await office.#settle();
    return office;
  }

  /** What the next looks at a check see, one character a look; the last one goes on. */
  play(check: string, script: string): void {
    this.#scripts.set(check, script);
  }

  /** Lets time pass: `90s`, `5m`, `2h`, `3d`. */
  async pass(duration: string): Promise<void> {
    const [, number = '0', unit = 'm'] = /^(\d+)([smhd])$/.exec(duration) ?? [];
    await this.#advance(Number(number) * { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit as 's' | 'm' | 'h' | 'd']);
  }

  /** Kills the daemon and starts it again after `off` (a duration); what was not committed is lost. */
  async crash(off = '1s', reboot = false): Promise<void> {
    this.#generation += 1;
    this.#timers = [];
    await this.pass(off);
    if (reboot) this.#boot = this.#wall - 30_000;
    this.engine = new Engine(this.#ports(), this.#rules, this.#committed);
    await this.engine.start(this.#alive);
    await this.#settle();
  }

  /** Sets the wall clock forward (or back, with a negative number of ms). */
  setClock(byMs: number): void {
    this.#wall += byMs;
    this.#boot += byMs;
  }

  /** The machine sleeps: time passes, nothing runs. */
  sleep(ms: number): void {
    this.#wall += ms;
  }

  async reload(rules: Rules): Promise<void> {
    this.#rules = rules;
    this.engine.changeRules(rules);
    await this.#settle();
  }

  async act(act: Act, by = 'anna'): Promise<Answer> {
    const answer = this.engine.act(act, by);
    await this.#settle();
    return await answer;
  }

  /** All incidents, archived ones included, in order of their ids. */
  get incidents(): Incident[] {
    return [...this.archived.values(), ...this.engine.desk.record.incidents.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
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

  get outbox(): Notification[] {
    return [...this.engine.desk.record.outbox.values()];
  }

  /** Minutes since the story began. */
  get minute(): number {
    return this.minuteOf(this.#wall);
  }

  minuteOf(wall: number): number {
    return Math.round((wall - this.#start) / 6_000) / 10;
  }

  get committed(): LiveRecord {
    return this.#committed;
  }

  async #advance(ms: number): Promise<void> {
    const target = this.#mono + ms;
    for (;;) {
      const next = this.#timers.filter((timer) => timer.mono <= target).sort((a, b) => a.mono - b.mono || a.order - b.order)[0];
      if (next === undefined) break;
      this.#timers.splice(this.#timers.indexOf(next), 1);
      this.#moveTo(Math.max(next.mono, this.#mono));
      next.fire();
      await this.#settle();
      if (this.defects.length > 0) throw new Error(this.defects[0]);
    }
    this.#moveTo(target);
  }

  #moveTo(mono: number): void {
    this.#wall += mono - this.#mono;
    this.#mono = mono;
  }

  async #settle(): Promise<void> {
    for (let round = 0; round < 3; round += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  #clock(): Now {
    return { wall: Math.round(this.#wall), mono: this.#mono, boot: this.#boot };
  }

  #ports(): Ports {
    const generation = this.#generation;
    const alive = () => generation === this.#generation;
    return {
      clock: () => this.#clock(),
      timer: {
        at: (mono, fire) => {
          const timer = { mono, order: this.#order++, fire };
          if (alive()) this.#timers.push(timer);
          return () => {
            const index = this.#timers.indexOf(timer);
            if (index >= 0) this.#timers.splice(index, 1);
          };
        },
      },
      look: (check) => Promise.resolve(this.#look(check.key)),
      deliver: ({ notification }) => Promise.resolve(this.#deliver(notification, alive())),
      store: {
        commit: (record) => this.#commit(record, alive()),
        touchAlive: (wall) => {
          if (alive()) this.#alive = wall;
          return Promise.resolve();
        },
      },
      history: {
        archive: (incident) => {
          if (alive()) this.archived.set(incident.id, incident);
          return Promise.resolve();
        },
        note: () => {},
      },
      log: (level, sentence, fields) => {
        this.logged.push(sentence);
        if (level === 'error' && sentence.includes('defect')) this.defects.push(`${sentence}: ${JSON.stringify(fields)}`);
      },
    };
  }

  #look(check: string): Observation {
    const script = this.#scripts.get(check) ?? '.';
    if (script.length > 1) this.#scripts.set(check, script.slice(1));
    this.looks.push({ check, minute: this.minute });
    const seen = observations[script[0] as Seen];
    if (seen === undefined) throw new Error(`a script holds only . x ! and ?: ${script}`);
    return seen;
  }

  #deliver(notification: Notification, alive: boolean): { state: DeliveryState; response: string } {
    const state = this.mail(notification);
    if ((state === 'sent' || state === 'uncertain') && alive) {
      const { kind, to, incidents, reason, key } = notification;
      this.sent.push({ minute: this.minute, kind, to, incidents, reason, key });
    }
    return { state, response: state === 'sent' ? '250 ok' : state };
  }

  #commit(record: LiveRecord, alive: boolean): Promise<void> {
    if (this.disk === 'fails') return Promise.reject(new Error('no space left on device'));
    if (alive) this.#committed = record;
    this.commits += 1;
    return Promise.resolve();
  }
}
