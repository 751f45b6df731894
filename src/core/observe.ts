import type { Transition, TransitionType } from './event.ts';
import { judge, rank } from './judge.ts';
import type { Grade, Observation } from './observation.ts';
import type { Cell } from './record.ts';
import type { CheckRule } from './rules.ts';

/** Results kept for the measure of flapping (Icinga's ring). */
const recentLimit = 20;

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
 * 3. Whatever a restart must not forget is a transition, so a daemon in a crash loop still confirms.
 */
export function observe(cell: Cell, observation: Observation, rule: CheckRule, at: number): Observed {
  const judged = judge(observation, rule.thresholds);
  const seen: Cell = {
    ...cell,
    lastAt: at,
    lastStatus: judged.status,
    last: { reason: judged.reason, message: judged.message, evidence: judged.evidence, measures: judged.measures },
  };
  if (judged.grade === null) return { cell: { ...seen, unknownRun: cell.unknownRun + 1 } };

  const { grade } = judged;
  const next = decide(
    {
      ...seen,
      lastKnownAt: at,
      unknownRun: 0,
      row: [...cell.row, { grade, at }].slice(-Math.max(rule.failureThreshold, rule.successThreshold)),
      recent: [...cell.recent, grade].slice(-recentLimit),
    },
    rule,
    grade,
  );
  const watched = cell.unwatched ? { ...next.cell, unwatched: false } : next.cell;
  const type = next.type ?? (cell.unwatched ? 'watched' : isSoft(watched) || isSoft(cell) ? 'row' : null);
  if (type === null) return { cell: watched };
  return { cell: watched, transition: transition(type, rule.key, cell, watched, grade, at) };
}

/**
 * Looks at a check that may have stopped giving results: unknown, or without any, for three intervals and
 * at least ten minutes. `watchedFrom` is when this daemon began (or began again) to look.
 */
export function notice(cell: Cell, rule: CheckRule, watchedFrom: number, at: number): Observed {
  if (cell.unwatched) return { cell };
  const silent = at - Math.max(cell.lastKnownAt ?? 0, watchedFrom) >= Math.max(3 * rule.intervalMs, 10 * 60_000);
  const overdue = rule.schedule === undefined ? silent : cell.unknownRun >= 3;
  if (!overdue) return { cell };
  const unwatched = { ...cell, unwatched: true };
  return { cell: unwatched, transition: transition('unwatched', rule.key, cell, unwatched, null, at) };
}

/** A check is stale when it has had no result at all for three intervals; scheduled ones never are. */
export function isStale(cell: Cell, rule: CheckRule, watchedFrom: number, at: number): boolean {
  return rule.schedule === undefined && at - Math.max(cell.lastAt ?? 0, watchedFrom) > 3 * rule.intervalMs + rule.timeoutMs;
}

/** True while the fast `retryInterval` applies: a row is running towards another state. */
export function isSoft(cell: Cell): boolean {
  const newest = cell.row.at(-1);
  return cell.suspect || cell.verifying || cell.settling || (newest !== undefined && newest.grade !== (cell.hard ?? 'up'));
}

/** True for a cell that a restart may forget. */
export function isPlain(cell: Cell): boolean {
  return (cell.hard === 'up' || cell.hard === null) && !isSoft(cell) && !cell.unwatched;
}

/** A confirmed failure that must be confirmed once more: after our own outage, or at the end of a window. */
export function verifyAgain(cell: Cell): Cell {
  if (cell.verifying || cell.hard === null || cell.hard === 'up') return cell;
  return { ...cell, verifying: true, settling: false, row: [] };
}

function decide(cell: Cell, rule: CheckRule, grade: Grade): { cell: Cell; type: TransitionType | null } {
  const hard = cell.hard ?? 'up';
  const worse = row(cell, rule.failureThreshold, (candidate) => rank(candidate) > rank(hard));
  if (worse !== null) {
    const to = worse.grades.reduce((a, b) => (rank(a) <= rank(b) ? a : b));
    return {
      type: 'confirmed',
      cell: { ...cell, hard: to, since: worse.since, suspect: false, verifying: false, settling: false },
    };
  }
  const better = row(cell, rule.successThreshold, (candidate) => rank(candidate) < rank(hard));
  if (better !== null) {
    const to = better.grades.reduce((a, b) => (rank(a) >= rank(b) ? a : b));
    return {
      type: to === 'up' ? 'recovered' : 'confirmed',
      cell: { ...cell, hard: to, since: better.since, suspect: false, verifying: false, settling: true },
    };
  }
  return hard === 'up' ? decideWhileUp(cell, rule, grade) : decideWhileBad(cell, rule, grade, hard);
}

function decideWhileUp(cell: Cell, rule: CheckRule, grade: Grade): { cell: Cell; type: TransitionType | null } {
  if (grade !== 'up') return { cell: { ...cell, suspect: true }, type: cell.suspect ? 'row' : 'suspected' };
  if (cell.suspect) {
    const good = row(cell, rule.successThreshold, (candidate) => candidate === 'up');
    if (good === null) return { cell, type: 'row' };
    return { cell: { ...cell, hard: 'up', since: good.since, suspect: false, settling: false }, type: 'cleared' };
  }
  if (cell.hard === null) return { cell: { ...cell, hard: 'up', since: cell.lastAt ?? 0 }, type: null };
  return cell.settling ? { cell: { ...cell, settling: false }, type: 'settled' } : { cell, type: null };
}

function decideWhileBad(cell: Cell, rule: CheckRule, grade: Grade, hard: Grade): { cell: Cell; type: TransitionType | null } {
  if (cell.verifying) {
    const again = row(cell, rule.failureThreshold, (candidate) => candidate !== 'up');
    if (again === null) return { cell, type: 'row' };
    const to = again.grades.reduce((a, b) => (rank(a) <= rank(b) ? a : b));
    const confirmed = { ...cell, hard: to, suspect: false, verifying: false };
    return { cell: confirmed, type: to === hard ? 'reconfirmed' : 'confirmed' };
  }
  if (rank(grade) > rank(hard)) return { cell: { ...cell, suspect: true }, type: cell.suspect ? 'row' : 'suspected' };
  if (cell.suspect && row(cell, rule.successThreshold, (candidate) => rank(candidate) <= rank(hard)) !== null) {
    return { cell: { ...cell, suspect: false }, type: 'cleared' };
  }
  if (cell.settling && rank(grade) <= rank(hard)) return { cell: { ...cell, settling: false }, type: 'settled' };
  return { cell, type: null };
}

/** The newest `length` results when all of them satisfy `holds`, and since when the whole run has lasted. */
function row(cell: Cell, length: number, holds: (grade: Grade) => boolean): { grades: readonly Grade[]; since: number } | null {
  const newest = cell.row.slice(-length);
  if (newest.length < length || !newest.every(({ grade }) => holds(grade))) return null;
  return { grades: newest.map(({ grade }) => grade), since: newest[0]?.at ?? 0 };
}

function transition(type: TransitionType, check: string, before: Cell, after: Cell, grade: Grade | null, at: number): Transition {
  const { reason, message, evidence } = after.last ?? { reason: 'not-watched' as const, message: '', evidence: [] };
  const firstOfRow = after.row.find((_, index) => after.row.slice(index).every((one) => one.grade !== 'up'));
  return {
    type,
    check,
    from: before.hard,
    to: after.hard,
    since: type === 'confirmed' || type === 'recovered' ? after.since : (firstOfRow?.at ?? at),
    cell: after,
    observation: { reason, message, evidence, grade },
  };
}
