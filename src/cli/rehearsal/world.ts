import type { Recall, Recalled } from '../../core/known-error.ts';
import type { Notification } from '../../core/notification.ts';
import type { Observation } from '../../core/observation.ts';
import type { LiveRecord } from '../../core/record.ts';
import type { CheckRule, Rules } from '../../core/rules.ts';
import type { Ports } from '../../engine/ports.ts';
import type { VirtualTime } from '../../engine/virtual-time.ts';

/** A message that would leave, and when. */
export interface Rehearsed {
  readonly at: number;
  readonly notification: Notification;
}

/** What a rehearsal has seen, of the rehearsed service where nothing else is said. */
export interface Seen {
  /** All messages, in order of time. */
  readonly sent: Rehearsed[];
  /** Its first bad look, and the first question why it fails; null while there was none. */
  failedAt: number | null;
  diagnosedAt: number | null;
}

/** What is played: who fails, and what is known. */
export interface Scene {
  /** Keys of its checks, and of all that fail: with those of what depends on it. */
  readonly own: ReadonlySet<string>;
  readonly failing: ReadonlySet<string>;
  readonly record: LiveRecord;
  readonly recall: (recall: Recall) => Recalled;
}

/** Ports behind which nothing is real: no look is made, nothing leaves the machine, nothing is written. */
export function virtualPorts(time: VirtualTime, { own, failing, record, recall }: Scene, seen: Seen): Ports {
  return {
    clock: () => time.now(),
    timer: time.timer,
    look: (rule) => {
      if (!failing.has(rule.key)) return Promise.resolve(asKnown(rule, record));
      if (own.has(rule.key)) seen.failedAt ??= time.now().wall;
      return Promise.resolve(failure(rule));
    },
    diagnose: ({ check }) => {
      if (own.has(check)) seen.diagnosedAt ??= time.now().wall;
      return Promise.resolve(null);
    },
    runRemedy: () => Promise.resolve({ ok: true, outcome: 'rehearsed, not run', output: '' }),
    deliver: ({ notification }) => {
      seen.sent.push({ at: time.now().wall, notification });
      return Promise.resolve({ state: 'sent', response: 'rehearsed' });
    },
    store: { commit: () => Promise.resolve(), touchAlive: () => Promise.resolve() },
    history: {
      archive: () => Promise.resolve(),
      recall: (asked) => Promise.resolve(recall(asked)),
      note: () => {},
    },
    log: () => {},
  };
}

/** A failure as the kind would most likely see it; what only ever forewarns is degraded. */
function failure({ local, passive, kind, thresholds }: CheckRule): Observation {
  const onlyWarns = local && thresholds.length > 0 && thresholds.every(({ sort }) => sort === 'forewarning');
  const reason = passive || kind === 'file' ? 'outdated' : local ? 'threshold' : 'timeout';
  return { status: onlyWarns ? 'degraded' : 'down', reason, message: 'rehearsed failure', measures: [], evidence: [] };
}

/** What the record knows as failing goes on failing; the rest is well. */
function asKnown({ key }: CheckRule, { cells }: LiveRecord): Observation {
  const cell = cells.get(key);
  const seen = { measures: [], evidence: [], message: cell?.last?.message ?? '' };
  if (cell === undefined || cell.hard === null || cell.hard === 'up') return { ...seen, status: 'up', reason: 'ok' };
  const { reason = 'unknown' } = cell.last ?? {};
  return { ...seen, status: cell.hard === 'down' ? 'down' : 'degraded', reason: reason === 'ok' ? 'unknown' : reason };
}

/** The service with what it depends on and what depends on it: the rest has no part in the rehearsal. */
export function onlyAround(rules: Rules, ids: ReadonlySet<string>): Rules {
  const services = Object.entries(rules.services).filter(([id]) => ids.has(id));
  return { ...rules, services: Object.fromEntries(services) };
}
