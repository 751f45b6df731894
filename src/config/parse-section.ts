/** Holding data against a schema, so that one mistake hides no other. */
import type { ZodError, ZodType } from 'zod';
import type { Part, Path } from './problem.ts';
import { inWords } from './words.ts';

/** Where mistakes and remarks about the configuration go. */
export interface Findings {
  problem(path: Path, message: string, part?: Part): void;
  /** A problem that something written elsewhere would end, such as a missing key: certain only where all files could be read. */
  lacking(path: Path, message: string, part?: Part): void;
  note(path: Path, message: string, part?: Part): void;
}

export interface Mistake {
  readonly path: Path;
  readonly message: string;
  readonly part: Part;
  /** The keys that nobody knows, for a better suggestion. */
  readonly unknownKey?: string;
  /** A key that must be there is not. */
  readonly isMissing?: true;
}

const attempts = 4;

/**
 * What `schema` makes of `data`. Mistakes are reported under `path` and left out, so that the rest can be checked further;
 * undefined when a key that must be there is missing or wrong.
 */
export function parseSection<T>(schema: ZodType<T>, data: unknown, path: Path, findings: Findings): T | undefined {
  let rest = data;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const result = schema.safeParse(rest, { error: inWords });
    if (result.success) return result.data;
    const mistakes = mistakesOf(result.error, rest);
    if (attempt === 0) for (const one of mistakes) tell(one, path, findings);
    const pruned = mistakes.reduce((value, one) => without(value, one.path), rest);
    if (pruned === rest) return undefined;
    rest = pruned;
  }
  return undefined;
}

/** Tells a mistake of what stands at `path`. */
export function tell(mistake: Mistake, path: Path, findings: Findings): void {
  const at = [...path, ...mistake.path];
  if (mistake.isMissing) findings.lacking(at, mistake.message, mistake.part);
  else findings.problem(at, mistake.message, mistake.part);
}

type Issue = ZodError['issues'][number];

/** zod's issues, one by one, each with its full path. */
export function mistakesOf(error: ZodError, data: unknown): readonly Mistake[] {
  return error.issues.flatMap((issue) => expand(issue, [], data));
}

function expand(issue: Issue, base: Path, data: unknown): readonly Mistake[] {
  const path = [...base, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key, index) => {
        const message = issue.message.split('\n')[index] ?? issue.message;
        return { path: [...path, key], message, part: 'key', unknownKey: key };
      });
    case 'invalid_union': {
      const branch = meantBranch(issue.errors);
      return branch ? branch.flatMap((inner) => expand(inner, path, data)) : [mistake(path, issue.message, data)];
    }
    case 'invalid_key':
      return issue.issues.map((inner) => ({ path, message: inner.message, part: 'key' }));
    default:
      return [mistake(path, issue.message, data)];
  }
}

function mistake(path: Path, message: string, data: unknown): Mistake {
  const missing = path.length > 0 && valueAt(data, path) === undefined;
  if (missing) return { path, message: `the key "${path.at(-1)}" is missing`, part: 'value', isMissing: true };
  return { path, message, part: 'value' };
}

/** The one form that the writer had in mind: the only one whose type fits. */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const fitting = branches.filter((issues) => !issues.some((issue) => issue.path.length === 0 && isTypeIssue(issue)));
  return fitting.length === 1 ? fitting[0] : undefined;
}

function isTypeIssue(issue: Issue): boolean {
  if (issue.code === 'invalid_union') return meantBranch(issue.errors) === undefined;
  return issue.code === 'invalid_type' || issue.code === 'invalid_value';
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | null | undefined)?.[step], data);
}

/** `data` without the key at `path`; what stands in a list goes with the whole list, so that no index moves. */
function without(data: unknown, path: Path): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  const map = data as Readonly<Record<string, unknown>>;
  if (!Object.hasOwn(map, step)) return data;
  const inner = map[String(step)];
  const { [String(step)]: _, ...others } = map;
  if (rest.length === 0 || typeof inner !== 'object' || Array.isArray(inner) || inner === null) return others;
  return { ...others, [step]: without(inner, rest) };
}
