import { parseDocument } from 'yaml';

/** Paths below the checkout that a Markdown text names in backticks. */
export function pathsIn(markdown: string): readonly string[] {
  const named = [...proseOf(markdown).matchAll(/`((?:src|config|test|systemd|\.ci)\/[\w./*-]*)`/g)].map(([, path = '']) => path);
  return [...new Set(named)];
}

/** Scripts that a Markdown text runs with npm, anywhere. */
export function scriptsIn(markdown: string): readonly string[] {
  const run = [...markdown.matchAll(/\bnpm run (?:-s |--silent )?([\w:-]+)/g)].map(([, name = '']) => name);
  const short = [...markdown.matchAll(/\bnpm (start|test)\b/g)].map(([, name = '']) => name);
  return [...new Set([...run, ...short])];
}

/** Mistakes of the YAML examples in a Markdown text. */
export function yamlMistakesIn(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^```ya?ml\n([\s\S]*?)^```/gm)].flatMap(([, text = '']) =>
    parseDocument(text, { uniqueKeys: true }).errors.map(({ message }) => message),
  );
}

function proseOf(markdown: string): string {
  return markdown.replace(/^```[\s\S]*?^```/gm, '');
}

/** The first TypeScript example below a heading of the second level; throws where there is none. */
export function codeIn(markdown: string, heading: string): string {
  const section = markdown.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  const code = /^```ts\n([\s\S]*?)^```/m.exec(section)?.[1];
  if (code === undefined) throw new Error(`there is no TypeScript below "${heading}"`);
  return code;
}
