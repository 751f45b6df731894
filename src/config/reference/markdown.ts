/** Pieces of Markdown. */

/** A table; a column in which every cell is empty is left out. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const used = head.map((_, column) => rows.some((row) => (row[column] ?? '') !== ''));
  const line = (cells: readonly string[]) => `| ${cells.filter((_, column) => used[column]).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row.map(cell)))].join('\n');
}

function cell(text: string): string {
  return plain(text.replaceAll('\n', ' ')).replaceAll('|', '\\|');
}

/** Angle brackets outside of code would be taken for HTML. */
function plain(text: string): string {
  return text.replace(/(`[^`]*`)|</g, (found, code) => (code === undefined ? '\\<' : found));
}

export function yamlBlock(text: string): string {
  return `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``;
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** A link to the heading of this name on the same page. */
export function linkTo(heading: string, shown = heading): string {
  return `[${shown}](#${heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\- ]/gu, '')
    .replaceAll(' ', '-')})`;
}

/** A sentence of a description: a capital first, a full stop at its end. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  const isWord = /^[a-z]+(?=[\s,;]|$)/.test(trimmed);
  const first = isWord ? trimmed.charAt(0).toUpperCase() : trimmed.charAt(0);
  return `${first}${trimmed.slice(1)}${/[.!?…]$/.test(trimmed) ? '' : '.'}`;
}

const lineWidth = 120;

/** Paragraphs with lines of a readable length. */
export function prose(text: string): string {
  return plain(text)
    .split(/\n{2,}/)
    .map((paragraph) => wrapped(paragraph.trim().split(/\s+/)))
    .join('\n\n');
}

function wrapped(words: readonly string[]): string {
  let [line = '', ...rest] = words;
  const lines: string[] = [];
  for (const word of rest) {
    if (line.length + 1 + word.length <= lineWidth) line = `${line} ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].join('\n');
}

/** `a, b or c`; where one of them holds an "or" itself: `a or b, or c` */
export function orList(words: readonly string[]): string {
  if (words.some((word) => word.includes(' or '))) return words.join(', or ');
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** The first sentence of a summary, without what stands behind a colon or semicolon. */
export function firstClause(summary: string): string {
  return sentence(summary.split(/[;:] |\. /)[0] ?? summary);
}
