/** Runbooks that stand in files of their own. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { isSecret } from '../lib/secret.ts';
import { isMap } from './names.ts';
import type { Path, Position, Problem } from './problem.ts';
import { longestRunbook } from './sections/runbook.ts';
import { decodeText } from './yaml/decode.ts';
import { readFailure } from './yaml/failure.ts';

export interface RunbookFiles {
  /** The configuration with the texts in place of the names; a runbook that could not be read is left out. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
  /** Absolute paths of what was read or should have been. */
  readonly files: readonly string[];
}

/** Reads each `runbook: { file: path }`; the path is relative to the file that holds it. Never rejects. */
export async function readRunbookFiles(
  data: Readonly<Record<string, unknown>>,
  locate: (path: Path) => Position,
): Promise<RunbookFiles> {
  const { services } = data;
  if (!Array.isArray(services)) return { data, problems: [], files: [] };
  const problems: Problem[] = [];
  const files: string[] = [];
  const filled = services.map(async (service: unknown, index) => {
    const name = nameIn(service);
    if (name === null || !isMap(service)) return service;
    const at = locate(['services', index, 'runbook', 'file']);
    const file = resolve(dirname(at.file), name);
    files.push(file);
    const read = await readText(file);
    if ('text' in read) return { ...service, runbook: read.text };
    problems.push({ ...at, message: read.problem });
    const { runbook: _, ...rest } = service;
    return rest;
  });
  return { data: { ...data, services: await Promise.all(filled) }, problems, files };
}

/** The name of the file, where a service has one and nothing else is wrong with it. */
function nameIn(service: unknown): string | null {
  const runbook = isMap(service) ? service.runbook : null;
  if (!isMap(runbook) || Object.keys(runbook).length !== 1) return null;
  const { file } = runbook;
  const name = isSecret(file) ? file.reveal() : file;
  return typeof name === 'string' && name !== '' && name.length <= 1000 && !name.includes('\0') ? name : null;
}

async function readText(file: string): Promise<{ readonly text: string } | { readonly problem: string }> {
  try {
    const stats = await stat(file);
    if (!stats.isFile()) return { problem: `the runbook ${file} is not a regular file` };
    if (stats.size > longestRunbook) return { problem: `the runbook ${file} is larger than 64 KiB; give a link to it` };
    const decoded = decodeText(await readFile(file));
    if (!decoded.ok) return { problem: `the runbook ${file}, line ${decoded.line}: ${decoded.message}` };
    return decoded.text.trim() === '' ? { problem: `the runbook ${file} is empty` } : { text: decoded.text };
  } catch (error) {
    return { problem: `cannot read the runbook ${file}: ${readFailure(error)}` };
  }
}
