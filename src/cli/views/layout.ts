/** Text for a terminal: nothing is wider than it. */

const gap = '  ';

/** Without characters that steer a terminal: texts may come from outside. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
}

/** Wraps a text at spaces to lines of at most `width`; a longer word is broken. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of plain(text)
    .split(/\s+/)
    .flatMap((one) => pieces(one, width))) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

function pieces(word: string, width: number): readonly string[] {
  return word.match(new RegExp(`.{1,${Math.max(1, width)}}`, 'gu')) ?? [];
}

/** A label longer than this does not push further lines to the right. */
const longestIndent = 28;

/** A text behind a label, its further lines below its first. */
export function labelled(label: string, text: string, width: number): readonly string[] {
  const first = plain(label);
  if (first.length > longestIndent)
    return labelled('    ', first + text, width).map((line, index) => (index === 0 ? line.slice(4) : line));
  return wrap(text, width - first.length).map((line, index) => (index === 0 ? first : ' '.repeat(first.length)) + line);
}

function cut(text: string, width: number): string {
  return text.length <= width ? plain(text) : `${plain(text).slice(0, Math.max(0, width - 1))}…`;
}

/** Narrower than this no column is made. */
const narrowest = 6;
const narrowestLast = 24;

/**
 * Rows below a heading; the last column wraps, the others are as wide as they must be, or cut. `style` decorates a cell
 * once its width is settled.
 */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  style: (cell: string, column: number) => string = (cell) => cell,
): readonly string[] {
  const widths = columnWidths(headings, rows, width);
  const heading = line(headings, widths, (cell) => cell);
  return [heading, ...rows.flatMap((row) => rowLines(row, widths, style))];
}

function columnWidths(headings: readonly string[], rows: readonly (readonly string[])[], width: number): number[] {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const last = widths.length - 1;
  const gaps = last * gap.length;
  const room = () => width - gaps - widths.slice(0, last).reduce((sum, one) => sum + one, 0);
  const wanted = Math.min(widths[last] ?? 0, narrowestLast);
  while (room() < wanted) {
    const widest = widths.indexOf(Math.max(...widths.slice(0, last)));
    if ((widths[widest] ?? 0) <= narrowest) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  widths[last] = Math.max(1, room());
  return widths;
}

function rowLines(
  row: readonly string[],
  widths: readonly number[],
  style: (cell: string, column: number) => string,
): readonly string[] {
  const [first = '', ...more] = wrap(row.at(-1) ?? '', widths.at(-1) ?? 1);
  const indent = ' '.repeat(widths.slice(0, -1).reduce((sum, one) => sum + one + gap.length, 0));
  return [line([...row.slice(0, -1), first], widths, style), ...more.map((text) => indent + text)];
}

function line(cells: readonly string[], widths: readonly number[], style: (cell: string, column: number) => string): string {
  const shown = cells.map((cell, column) => {
    const fitting = cut(cell, widths[column] ?? 0);
    const padding = ' '.repeat(Math.max(0, (widths[column] ?? 0) - fitting.length));
    return style(fitting, column) + (column === cells.length - 1 ? '' : padding);
  });
  return shown.join(gap).trimEnd();
}
