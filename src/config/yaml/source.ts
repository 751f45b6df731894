/** One file of the configuration, read and parsed. */
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isCollection, isScalar, type Node, type Scalar, visit } from 'yaml';
import { type Secret, secret } from '../../lib/secret.ts';
import { discreetInLine } from '../discreet.ts';
import type { Problem } from '../problem.ts';
import { convert, secretTags } from './convert.ts';
import { decodeText } from './decode.ts';
import { readableByAll, readFailure } from './failure.ts';
import { type Locate, locator } from './locate.ts';
import { type Parsed, parseYaml } from './parse.ts';
import { type FoundSecret, findSecret, type SecretPlaces } from './secrets.ts';

export interface Source {
  readonly file: string;
  /** Plain data, of a broken file as far as it was read; tagged values are secrets. Null when empty or not readable. */
  readonly data: unknown;
  readonly locate: Locate;
  readonly problems: readonly Problem[];
  /** Its structure is not known behind the first of its `problems`. */
  readonly broken: boolean;
  readonly exposed: boolean;
  readonly secrets: readonly { readonly found: FoundSecret; readonly at: Problem }[];
}

const largestFile = 2 * 1024 * 1024;

/** Reads `file` as a configuration. Never rejects: what is wrong stands in `problems`. */
export async function readSource(file: string, places: SecretPlaces): Promise<Source> {
  try {
    const stats = await stat(file);
    if (!stats.isFile()) return unreadable(file, 'this is not a regular file');
    if (stats.size > largestFile) return unreadable(file, 'the file is larger than 2 MiB; split it with `include:`');
    const decoded = decodeText(await readFile(file));
    if (!decoded.ok) return unreadable(file, decoded.message, decoded.line, decoded.col);
    return await parseSource(file, decoded.text, places, readableByAll(stats));
  } catch (error) {
    return unreadable(file, `cannot be read: ${readFailure(error)}`);
  }
}

function unreadable(file: string, message: string, line = 1, col = 1): Source {
  const locate = () => ({ file, line: 1, col: 1 });
  return { file, data: null, locate, problems: [{ file, line, col, message }], broken: true, exposed: false, secrets: [] };
}

/** The rest of `readSource`, for a text that is already here. */
export async function parseSource(file: string, text: string, places: SecretPlaces, exposed = false): Promise<Source> {
  const parsed = parseYaml(text);
  const lines = text.split('\n');
  const inLine = (problem: Problem): Problem => ({
    ...problem,
    message: discreetInLine(problem.message, lines[problem.line - 1] ?? ''),
  });
  const problems = parsed.problems.map((problem) => inLine({ file, ...problem }));
  const base = { file, locate: locator(file, parsed), exposed, broken: parsed.broken };
  const at = (offset: number, message: string): Problem => {
    const { line, col } = parsed.lines.linePos(offset);
    return { file, line: Math.max(1, line), col: Math.max(1, col), message };
  };
  const cutOff = new Set([...parsed.unread].map((node) => (isCollection(node) ? undefined : node.range?.[0])));
  const found = await findSecrets(parsed, dirname(file), places);
  const data = convert(parsed.document.contents, {
    secretOf: (scalar) => found.get(scalar)?.secret ?? unresolved,
    report: (offset, message) => {
      if (!cutOff.has(offset)) problems.push(inLine(at(offset, message)));
    },
    lineOf: (offset) => parsed.lines.linePos(offset).line,
  });
  const secrets = [...found].map(([scalar, one]) => ({ found: one, at: at(scalar.range?.[0] ?? 0, one.problem ?? '') }));
  for (const [scalar, { problem }] of found) {
    const offset = scalar.range?.[0] ?? 0;
    if (problem && !cutOff.has(offset)) problems.push(at(offset, problem));
  }
  return { ...base, data, problems, secrets };
}

/** Stands for a secret that could not be read, so that nothing else is said about its place. */
const unresolved: Secret = secret('');

async function findSecrets(parsed: Parsed, folder: string, places: SecretPlaces): Promise<ReadonlyMap<Scalar, FoundSecret>> {
  const scalars: Scalar[] = [];
  visit(parsed.document, {
    Node(_, node: Node) {
      if (isScalar(node) && secretTags.some((tag) => tag === node.tag)) scalars.push(node);
    },
  });
  const found = await Promise.all(
    scalars.map(async (scalar) => [scalar, await findSecret(scalar.tag ?? '', String(scalar.value), folder, places)] as const),
  );
  return new Map(found);
}
