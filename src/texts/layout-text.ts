import type { Letter, Row, Section } from './letter.ts';

/** A letter as plain text. */
export function layoutText(letter: Letter, footer: readonly string[]): string {
  const parts = [
    letter.title,
    ...letter.lead,
    letter.rows.map(rowText).join('\n'),
    ...letter.sections.map(sectionText),
    `-- \n${footer.join('\n')}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function rowText({ label, text, code }: Row): string {
  const line = `${label}: ${text}`.trimEnd();
  return code === undefined ? line : [line, ...indented(code.split('\n'))].join('\n');
}

function sectionText({ title, lines, as }: Section): string {
  const body = as === 'list' ? lines.map((line) => `- ${line}`) : as === 'block' ? indented(lines) : lines;
  return [as === 'text' ? title : `${title}:`, ...body].join('\n');
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `    ${line}`.trimEnd());
}
