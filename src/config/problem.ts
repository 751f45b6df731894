/** Where in which file; line and column count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly col: number;
  /** What stands there could not be read to its end: only mistakes of its syntax are certain. */
  readonly unread?: true;
}

/** One mistake: what was found there and what is allowed. */
export interface Problem extends Position {
  readonly message: string;
}

/** Something that the admin should know and that stops nothing. */
export type Note = Problem;

/** The way from the top of the configuration to a value: keys and list indexes. */
export type Path = readonly (string | number)[];

/** Whether a position means the key or what stands behind it. */
export type Part = 'key' | 'value';

/** `file:line:col: message`, as `validate` prints it. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.col}: ${problem.message}`;
}

/** In order of files as given, then of position; what is told twice of one place is told once. */
export function inOrder(problems: readonly Problem[], files: readonly string[]): readonly Problem[] {
  const rank = new Map(files.map((file, index) => [file, index]));
  const rankOf = (file: string) => rank.get(file) ?? files.length;
  const sorted = problems.toSorted((a, b) => rankOf(a.file) - rankOf(b.file) || a.line - b.line || a.col - b.col);
  return [...new Map(sorted.map((problem) => [formatProblem(problem), problem])).values()];
}
