import type { CauseCode } from './observation.ts';
import type { CauseState, Cell } from './record.ts';

/** Why a check fails, as far as is known; undefined while it does not. Old records have no cause: there its last look says. */
export function causeNow({ hard, cause, last }: Pick<Cell, 'hard' | 'cause' | 'last'>): CauseCode | undefined {
  if (hard === null || hard === 'up') return undefined;
  if (cause !== undefined) return cause.code;
  return last === null || last.reason === 'ok' ? undefined : last.reason;
}

/**
 * Why a check fails, as its looks say. A cause stays until `length` bad looks in a row have seen another, and always the same,
 * one in its place; `code` is null for a look that saw no failure, which breaks that row.
 */
export function followCause(before: CauseState | undefined, code: CauseCode | null, length: number): CauseState | undefined {
  if (before === undefined) return code === null ? undefined : { code };
  if (code === null || code === before.code) return { code: before.code };
  const looks = before.next?.code === code ? before.next.looks + 1 : 1;
  return looks >= length ? { code } : { code: before.code, next: { code, looks } };
}
