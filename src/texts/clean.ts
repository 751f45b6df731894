/** Text from outside made safe for a mail: data, never layout. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
const terminalSequences = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;
const controls = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;
const controlsButBreaks = /[^\S\n\t ]+|[\p{Cf}\p{Zl}\p{Zp}]+|[^\P{Cc}\n\t]+/gu;

/** One line: no control characters, bidi marks or terminal sequences, at most `limit` characters. */
export function oneLine(text: string, limit = 300): string {
  return cut(text.replace(terminalSequences, '').replace(controls, ' ').replace(/ {2,}/g, ' ').trim(), limit);
}

/** Several lines, such as a runbook: at most `lines` of at most `limit` characters, layout kept, nothing else. */
export function severalLines(text: string, lines = 40, limit = 300): readonly string[] {
  const all = text
    .replace(terminalSequences, '')
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => cut(line.replace(controlsButBreaks, ' ').trimEnd(), limit));
  while (all.at(-1) === '') all.pop();
  return all.length > lines ? [...all.slice(0, lines - 1), '…'] : all;
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text.toWellFormed();
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`.toWellFormed();
}
