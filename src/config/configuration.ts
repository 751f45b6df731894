/** The configuration as the daemon uses it, from its YAML. */
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { type Assembled, assemble, type Surroundings } from './assemble.ts';
import { discreet } from './discreet.ts';
import { plainSecrets } from './exposed.ts';
import { inOrder, type Note, type Part, type Path, type Problem } from './problem.ts';
import { redact } from './redact.ts';
import { readRunbookFiles } from './runbook-files.ts';
import type { SecretPlaces } from './yaml/secrets.ts';
import { readSources, type Sources } from './yaml/sources.ts';

export interface Configuration extends Assembled {
  /** What the admin should know: keys without effect yet, secrets that others can read. */
  readonly notes: readonly Note[];
  /** Absolute paths of files with secrets that every user of this machine can read. */
  readonly exposed: readonly string[];
  /** Absolute paths of every file that was read, those of secrets and runbooks among them. */
  readonly files: readonly string[];
  /** Absolute `include:` patterns: a new file that fits one belongs to the configuration. */
  readonly includes: readonly string[];
}

export interface LoadOptions extends SecretPlaces, Partial<Surroundings> {}

export type Loaded =
  | { readonly ok: true; readonly configuration: Configuration }
  /** In order of position. `files` and `includes` say what to watch for the repaired configuration. */
  | {
      readonly ok: false;
      readonly problems: readonly Problem[];
      readonly files: readonly string[];
      readonly includes: readonly string[];
    };

/**
 * Reads and checks the configuration at `path` with all that it includes. Never rejects for what the files hold: all
 * problems of all files come back at once, with their places. No message shows a secret.
 */
export async function loadConfiguration(path: string, options: LoadOptions): Promise<Loaded> {
  const sources = await readSources(path, options);
  const runbooks = await readRunbookFiles(sources.data, sources.locate);
  const files = [...sources.files, ...sources.secretFiles, ...runbooks.files].map((file) => resolve(file));
  const watched = { files: [...new Set(files)], includes: sources.includes };
  const found = { problems: [...sources.problems, ...runbooks.problems], notes: [...sources.notes] };
  const report = (list: Problem[]) => (at: Path, message: string, part?: Part) => {
    list.push({ ...sources.locate(at, part), message: redact(discreet(message, sources.data, at), sources.secrets) });
  };
  const assembled = assemble(runbooks.data, await surroundings(options), {
    problem: report(found.problems),
    lacking: sources.broken ? () => undefined : report(found.problems),
    note: report(found.notes),
    where: (at, part) => {
      const place = sources.locate(at, part);
      return `${place.file}:${place.line}:${place.col}`;
    },
  });
  if (found.problems.length > 0) return { ok: false, problems: told(found.problems, sources), ...watched };
  const plain = noteExposed(sources, report(found.notes));
  const exposed = [...new Set([...sources.exposedSecretFiles, ...plain].map((file) => resolve(file)))];
  return { ok: true, configuration: { ...assembled, notes: inOrder(found.notes, sources.files), exposed, ...watched } };
}

/** What was said first of a place stands; what follows from it there is left out, and what is said of a thing that was not read to its end. */
function told(problems: readonly Problem[], sources: Sources): readonly Problem[] {
  const placeOf = ({ file, line, col }: Problem) => `${file}:${line}:${col}`;
  const unreadable = new Set(sources.problems.map(placeOf));
  const isFurther = (problem: Problem) => !problem.unread && !unreadable.has(placeOf(problem));
  const further = problems.filter((problem) => sources.problems.includes(problem) || isFurther(problem));
  return inOrder(further, sources.files);
}

async function surroundings(options: LoadOptions): Promise<Surroundings> {
  return {
    hostname: options.hostname ?? hostname(),
    timezone: options.timezone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
    probes: options.probes ?? (await import('../probes/registry.ts')).probes,
    channels: options.channels ?? (await import('../channels/registry.ts')).channels,
  };
}

/** Gives the files that hold such secrets. */
function noteExposed(sources: Sources, note: (path: Path, message: string) => void): readonly string[] {
  const exposed = new Set(sources.exposedFiles);
  const found: string[] = [];
  for (const path of plainSecrets(sources.data)) {
    const { file } = sources.locate(path);
    if (!exposed.has(file)) continue;
    found.push(file);
    note(path, `every user of this machine can read ${file}, which holds this secret; chmod o-r it or use !file`);
  }
  return found;
}
