/** What a stage found: a table for people, figures for programs, and whether the aims were met. */
export interface Report {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
  readonly aims: readonly Aim[];
  readonly figures: unknown;
}

export interface Aim {
  readonly what: string;
  readonly met: boolean;
}

/** Says a line of progress. */
export type Say = (line: string) => void;

export interface Stage {
  readonly name: string;
  readonly about: string;
  /** It is ended when it takes longer. */
  readonly limitS: number;
  run(say: Say): Promise<Report>;
}

/** The first column to the left, all others to the right. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    widths
      .map((width, column) => {
        const text = row[column] ?? '';
        return column === 0 ? text.padEnd(width) : text.padStart(width);
      })
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

export function textOf(report: Report): string {
  const aims = report.aims.map(({ what, met }) => `${met ? 'met' : 'MISSED'}: ${what}`);
  return [`## ${report.title}`, '', tableOf(report.head, report.rows), '', ...report.notes, ...aims, ''].join('\n');
}

/** A number with so many digits after the point. */
export function fixed(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–';
}
