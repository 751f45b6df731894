/** Reloading: a changed configuration comes into force once it is quiet; an invalid one is refused. */
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Configuration, Loaded } from './configuration.ts';
import { formatProblem } from './problem.ts';
import { watchConfiguration } from './watch.ts';

export interface Followers {
  readonly accepted: (configuration: Configuration) => void;
  /** `digest` is the same for the same problems, so that they are told once. */
  readonly refused: (problems: readonly string[], digest: string) => void;
  readonly failed: (error: unknown) => void;
}

/** Problems handed on; the rest of a hopeless file is in `incidentd validate`. */
const problemsTold = 50;

/** Follows the files of `first`; what changes while a reload reads them causes another one. `now` reloads at once, one reload after the other; `close` ends it. */
export function followConfiguration(
  load: () => Promise<Loaded>,
  first: Configuration,
  followers: Followers,
): { now(): void; close(): void } {
  let watch = watchConfiguration(first, now);
  let reloading = Promise.resolve();

  function now(): void {
    reloading = reloading.then(reload).catch(followers.failed);
  }

  async function reload(): Promise<void> {
    const loaded = await load();
    const before = watch;
    watch = watchConfiguration(loaded.ok ? loaded.configuration : loaded, now);
    await nextTurn();
    const isChangedSince = before.close();
    if (isChangedSince) now();
    if (loaded.ok) {
      followers.accepted(loaded.configuration);
      return;
    }
    const problems = loaded.problems.map(formatProblem);
    const digest = createHash('sha256').update(problems.join('\n')).digest('hex').slice(0, 16);
    followers.refused(problems.slice(0, problemsTold), digest);
  }

  return { now, close: () => watch.close() };
}
