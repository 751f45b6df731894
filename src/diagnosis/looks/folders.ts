/** What fills a disk: the biggest folders and files below a path, on its own file system, as far as they can be counted in time. */
import { formatSize } from '../../lib/duration.ts';
import { runBounded } from '../../net/child.ts';
import { oneLine } from '../../texts/clean.ts';
import type { Sight } from '../vocabulary.ts';

const patienceMs = 2500;
const depth = 3;
const shownLimit = 4;
/** A folder in which one thing takes this share is named by that thing. */
const mostly = 0.7;
const outputLimit = 262_144;

export interface Sized {
  readonly path: string;
  readonly bytes: number;
}

/** Counts with du(1), out of everybody's way; each line comes as soon as it is known, so what was counted in time counts. */
export async function lookAtFolders(path: string, signal: AbortSignal): Promise<Sight<'machine'>> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  const count = ['du', '-xak', '-d', String(depth), '-t', '1M', '--', path];
  const result = await runBounded({ argv: ['nice', '-n', '19', 'stdbuf', '-oL', ...count], signal: patience, outputLimit });
  const biggest = biggestOf(parseSizes(result.stdout), path);
  const isPart = result.end.how !== 'exited';
  if (biggest.length === 0) return { saw: 'unclear', subject: path, detail: 'its folders could not be counted in time' };
  const listed = biggest.map((one) => `${one.path} ${formatSize(one.bytes)}`).join(', ');
  return {
    saw: 'counted',
    subject: path,
    detail: oneLine(`biggest: ${listed}${isPart ? ' (of what could be counted in time)' : ''}`),
  };
}

/** Lines of `du -k`: size, tab, path. */
export function parseSizes(output: string): readonly Sized[] {
  return output.split('\n').flatMap((line) => {
    const [, size, path] = /^(\d+)\t(.+)$/.exec(line) ?? [];
    return size === undefined || path === undefined ? [] : [{ path, bytes: Number(size) * 1024 }];
  });
}

/** The biggest, each as deep as most of it lies, none inside another. */
export function biggestOf(sizes: readonly Sized[], top: string): readonly Sized[] {
  const sorted = sizes.filter(({ path }) => path !== top).toSorted((a, b) => b.bytes - a.bytes);
  const telling = sorted.filter((one) => !sorted.some((other) => isIn(other, one) && other.bytes >= one.bytes * mostly));
  const apart = telling.filter((one) => !telling.some((other) => isIn(one, other)));
  return apart.slice(0, shownLimit);
}

function isIn(inner: Sized, outer: Sized): boolean {
  return inner.path.startsWith(`${outer.path}/`);
}
