import { causeNow, followCause } from './cause-state.ts';
import { followCertificate } from './certificate.ts';
import type { Transition, TransitionType } from './event.ts';
import { flappingResults, isFlapping } from './flapping.ts';
import { type Judged, judge, rank } from './judge.ts';
import type { Grade, Observation } from './observation.ts';
import type { Cell } from './record.ts';
import type { CheckRule } from './rules.ts';

/** Results kept for the measure of flapping, and the one before them. */
const recentLimit = flappingResults + 1;

/** A check that has not been looked at yet. */
export const freshCell: Cell = {
  hard: null,
  since: 0,
  row: [],
  suspect: false,
  verifying: false,
  settling: false,
  recent: [],
  lastAt: null,
  lastKnownAt: null,
  unknownRun: 0,
  lastStatus: null,
  last: null,
  unwatched: false,
};

/** What `observe` decided; `transition` is absent where nothing outside the cell needs to know. */
export interface Observed {
  readonly cell: Cell;
  readonly transition?: Transition;
}

/**
 * Folds one observation into a check's cell.
 *
 * 1. Thresholds grade the observation; `unknown` neither extends nor breaks a row.
 * 2. The last `failureThreshold` results, all worse than the hard state, confirm the mildest of them;
 *    the last `successThreshold`, all better, confirm the worst of them.
 * 3. Another certificate that is bad as well confirms anew: what was known of the old one is over.
 * 4. A row towards a failure does not last over hours in which nobody looks.
 * 5. A confirmed failure that is seen to have another cause, look after look, has changed; a status that changes too often flaps.
 * 6. Whatever a restart must not forget is a transition, so a daemon in a crash loop still confirms.
 */
export function observe(before: Cell, observation: Observation, rule: CheckRule, at: number): Observed {
  const cell = isInterrupted(before, rule, at) ? forgetSuspicion(before) : before;
  const judged = judge(observation, rule.thresholds);
  const seen: Cell = {
    ...cell,
    lastAt: at,
    lastStatus: judged.status,
    last: { reason: judged.reason, message: judged.message, evidence: judged.evidence, measures: judged.measures },
  };
  if (judged.grade === null) return { cell: { ...seen, unknownRun: cell.unknownRun + 1 } };

  const { grade } = judged;
  const { fingerprint } = observation;
  const certificate = followCertificate(cell.certificate, { fingerprint, hard: cell.hard, grade }, rule.failureThreshold);
  const recent = [...cell.recent, grade].slice(-recentLimit);
  const decided = decide(
    {
      ...seen,
      ...(certificate === undefined ? {} : { certificate }),
      flapping: isFlapping(cell.flapping === true, recent),
      lastKnownAt: at,
      unknownRun: 0,
      unwatched: false,
      row: [...cell.row, { grade, at }].slice(-Math.max(rule.failureThreshold, rule.successThreshold)),
      recent,
    },
    rule,
    grade,
  );
  const after = withCause(cell, decided.cell, judged, rule);
  const isOther = cell.certificate !== undefined && cell.certificate.fingerprint !== certificate?.fingerprint;
  const isReplaced = isOther && isFailing(cell) && isFailing(after);
  const type = isReplaced ? 'confirmed' : typeOf(decided.type, cell, after);
  if (type === null) return { cell: after };
  return { cell: after, transition: transition(type, rule.key, cell, { cell: after, since: decided.since ?? at }, grade) };
}

/** What was decided, else what must be told or kept besides; null: nothing. */
function typeOf(decided: TransitionType | null, before: Cell, after: Cell): TransitionType | null {
  const known = causeNow(before);
  const isChanged = known !== undefined && isFailing(after) && known !== causeNow(after);
  if (isChanged && (decided === null || decided === 'row')) return 'cause-changed';
  if (decided !== null) return decided;
  if (before.unwatched) return 'watched';
  if ((before.flapping === true) !== (after.flapping === true)) return 'flapping';
  return isSoft(after) || isSoft(before) || after.flapping === true ? 'row' : null;
}

/** The cell with the cause that its looks give, as long as it fails. */
function withCause(before: Cell, { cause: _, ...after }: Cell, { grade, reason }: Judged, rule: CheckRule): Cell {
  if (!isFailing(after)) return after;
  const seen = reason === 'ok' || grade === null || grade === 'up' ? null : reason;
  const code = causeNow(before);
  const known = before.cause ?? (code === undefined ? undefined : { code });
  const followed = followCause(known, seen, rule.failureThreshold);
  return followed === undefined ? after : { ...after, cause: followed };
}

/** True when a check with watch hours is looked at again after them. */
function isInterrupted({ lastAt }: Cell, { watch, intervalMs, timeoutMs }: CheckRule, at: number): boolean {
  return watch !== undefined && lastAt !== null && at - lastAt > 3 * intervalMs + timeoutMs;
}

/**
 * Looks at a check that may have stopped giving results: unknown, or without any, for three intervals and
 * at least ten minutes; one that others see goes with these. `watchedFrom` is when this daemon began (or began again) to look.
 */
export function notice(cell: Cell, rule: CheckRule, watchedFrom: number, at: number): Observed {
  if (cell.unwatched || rule.seenBy !== undefined) return { cell };
  const silent = at - Math.max(cell.lastKnownAt ?? 0, watchedFrom) >= Math.max(3 * rule.intervalMs, 10 * 60_000);
  const overdue = rule.schedule === undefined ? silent : cell.unknownRun >= 3;
  if (!overdue) return { cell };
  const unwatched = { ...cell, unwatched: true };
  return { cell: unwatched, transition: transition('unwatched', rule.key, cell, { cell: unwatched, since: at }, null) };
}

/** A check is stale when it has had no result at all for three intervals; scheduled ones and those that others see never are. */
export function isStale(cell: Cell, rule: CheckRule, watchedFrom: number, at: number): boolean {
  return (
    rule.schedule === undefined &&
    rule.seenBy === undefined &&
    at - Math.max(cell.lastAt ?? 0, watchedFrom) > 3 * rule.intervalMs + rule.timeoutMs
  );
}

/** True while the fast `retryInterval` applies: a row is running towards another state. */
export function isSoft(cell: Cell): boolean {
  const newest = cell.row.at(-1);
  return cell.suspect || cell.verifying || cell.settling || (newest !== undefined && newest.grade !== (cell.hard ?? 'up'));
}

function isFailing({ hard }: Pick<Cell, 'hard'>): boolean {
  return hard !== null && hard !== 'up';
}

/** True for a cell that a restart may forget. */
export function isPlain(cell: Cell): boolean {
  return (cell.hard === 'up' || cell.hard === null) && !isSoft(cell) && !cell.unwatched && cell.flapping !== true;
}

/** A confirmed failure that must be confirmed once more: after our own outage, or at the end of a window. */
export function verifyAgain(cell: Cell): Cell {
  if (cell.verifying || cell.hard === null || cell.hard === 'up') return cell;
  return { ...cell, verifying: true, settling: false, row: [] };
}

/** A row towards a worse state that has not confirmed it yet begins anew: too long ago, or seen in a window. */
export function forgetSuspicion(cell: Cell): Cell {
  return cell.suspect && cell.row.length > 0 ? { ...cell, row: [] } : cell;
}

/** What a result means; `since`: the first result of the row that decided. */
interface Decision {
  readonly cell: Cell;
  readonly type: TransitionType | null;
  readonly since?: number;
}

const calm = { suspect: false, verifying: false, settling: false } as const;

function decide(cell: Cell, rule: CheckRule, grade: Grade): Decision {
  const hard = cell.hard ?? 'up';
  const worse = row(cell, rule.failureThreshold, (candidate) => rank(candidate) > rank(hard));
  if (worse !== null) {
    const { since } = worse;
    return { type: 'confirmed', since, cell: { ...cell, ...calm, hard: mildest(worse.grades), since } };
  }
  const better = row(cell, rule.successThreshold, (candidate) => rank(candidate) < rank(hard));
  if (better !== null) {
    const { since } = better;
    const to = worst(better.grades);
    return {
      type: to === 'up' ? 'recovered' : 'confirmed',
      since,
      cell: { ...cell, ...calm, hard: to, since, settling: true },
    };
  }
  return hard === 'up' ? decideWhileUp(cell, rule, grade) : decideWhileBad(cell, rule, grade, hard);
}

function decideWhileUp(cell: Cell, rule: CheckRule, grade: Grade): Decision {
  if (grade !== 'up') return suspicion(cell, (candidate) => candidate !== 'up');
  if (cell.suspect) {
    const good = row(cell, rule.successThreshold, (candidate) => candidate === 'up');
    if (good === null) return { cell, type: 'row' };
    const { since } = good;
    return { type: 'cleared', since, cell: { ...cell, ...calm, hard: 'up', since, settling: true } };
  }
  if (cell.hard === null) return { cell: { ...cell, hard: 'up', since: cell.lastAt ?? 0 }, type: null };
  return settle(cell);
}

function decideWhileBad(cell: Cell, rule: CheckRule, grade: Grade, hard: Grade): Decision {
  if (cell.verifying) {
    const again = row(cell, rule.failureThreshold, (candidate) => candidate !== 'up');
    if (again === null) return { cell, type: 'row', ...firstOf(cell, (candidate) => candidate !== 'up') };
    const to = mildest(again.grades);
    return { type: to === hard ? 'reconfirmed' : 'confirmed', since: again.since, cell: { ...cell, ...calm, hard: to } };
  }
  if (rank(grade) > rank(hard)) return suspicion(cell, (candidate) => rank(candidate) > rank(hard));
  if (cell.suspect) {
    const milder = row(cell, rule.successThreshold, (candidate) => rank(candidate) <= rank(hard));
    if (milder !== null) return { type: 'cleared', since: milder.since, cell: { ...cell, suspect: false, settling: true } };
  }
  return rank(grade) <= rank(hard) ? settle(cell) : { cell, type: null };
}

/** One more result that is no worse after a recovery. */
function settle(cell: Cell): Decision {
  return cell.settling && !cell.suspect ? { cell: { ...cell, settling: false }, type: 'settled' } : { cell, type: null };
}

/** The first bad result, or one more of a row that is not complete. */
function suspicion(cell: Cell, isBad: (grade: Grade) => boolean): Decision {
  return { cell: { ...cell, suspect: true }, type: cell.suspect ? 'row' : 'suspected', ...firstOf(cell, isBad) };
}

/** Since when all results up to the newest satisfy `holds`. */
function firstOf(cell: Cell, holds: (grade: Grade) => boolean): { since?: number } {
  const first = cell.row.find((_, index) => cell.row.slice(index).every(({ grade }) => holds(grade)));
  return first === undefined ? {} : { since: first.at };
}

function mildest(list: readonly Grade[]): Grade {
  return list.reduce((a, b) => (rank(a) <= rank(b) ? a : b));
}

function worst(list: readonly Grade[]): Grade {
  return list.reduce((a, b) => (rank(a) >= rank(b) ? a : b));
}

/** The newest `length` results when all of them satisfy `holds`, and the time of the first of them. */
function row(cell: Cell, length: number, holds: (grade: Grade) => boolean): { grades: readonly Grade[]; since: number } | null {
  const newest = cell.row.slice(-length);
  if (newest.length < length || !newest.every(({ grade }) => holds(grade))) return null;
  return { grades: newest.map(({ grade }) => grade), since: newest[0]?.at ?? 0 };
}

function transition(
  type: TransitionType,
  check: string,
  before: Cell,
  { cell, since }: { readonly cell: Cell; readonly since: number },
  grade: Grade | null,
): Transition {
  const { reason, message, evidence } = cell.last ?? { reason: 'not-watched' as const, message: '', evidence: [] };
  return { type, check, from: before.hard, to: cell.hard, since, cell, observation: { reason, message, evidence, grade } };
}
