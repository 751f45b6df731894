import { formatDuration } from '../../lib/duration.ts';
import type { Seen } from '../look-once.ts';
import { checkLabel } from './check-label.ts';
import { table } from './layout.ts';

/** What looking once has seen, one check a row; `status` paints the words of that column. */
export function looksText(seen: readonly Seen[], width: number, status: (text: string) => string): readonly string[] {
  const rows = seen.map((one) => [
    one.service,
    checkLabel({ ...one, name: one.check }),
    one.status,
    formatDuration(one.ms),
    one.message,
  ]);
  const style = (cell: string, column: number) => (column === 2 ? status(cell) : cell);
  return table(['SERVICE', 'CHECK', 'STATUS', 'TIME', 'MESSAGE'], rows, width, style);
}
