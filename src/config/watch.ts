/** Noticing that the configuration was changed, and waiting until whoever writes it is done. */
import { type FSWatcher, type Stats, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join, matchesGlob } from 'node:path';

export interface WatchedFiles {
  /** Absolute paths. */
  readonly files: readonly string[];
  /** Absolute glob patterns whose matches belong to it as well. */
  readonly includes: readonly string[];
}

export interface WatchOptions {
  /** How long nothing may change before the writing counts as done. */
  readonly quietMs?: number;
  /** How often the files are looked at where the system tells nothing (network mounts, links into other folders). */
  readonly pollMs?: number;
}

export interface ConfigurationWatch {
  /** Ends it: `onQuiet` is not called any more. True when a change was noticed that it had not been called for yet. */
  close(): boolean;
}

const defaultQuietMs = 500;
const defaultPollMs = 10_000;

/**
 * Calls `onQuiet` when a file was changed, replaced, created or removed and then left alone for a while. Folders are
 * watched, since editors replace files instead of writing into them. Never throws: what cannot be watched is polled.
 */
export function watchConfiguration(watched: WatchedFiles, onQuiet: () => void, options: WatchOptions = {}): ConfigurationWatch {
  const { quietMs = defaultQuietMs, pollMs = defaultPollMs } = options;
  let quiet: NodeJS.Timeout | undefined;
  const changed = () => {
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      quiet = undefined;
      onQuiet();
    }, quietMs);
  };
  const watchers = folderWatchers(watched, changed);
  const poll = pollFiles(watched.files, pollMs, changed);
  return {
    close() {
      clearTimeout(quiet);
      poll.close();
      for (const watcher of watchers) watcher.close();
      return quiet !== undefined;
    },
  };
}

function folderWatchers({ files, includes }: WatchedFiles, changed: () => void): readonly FSWatcher[] {
  const known = new Set(files);
  const folders = new Set([...files, ...includes.map(withoutMagic)].map((file) => dirname(file)));
  return [...folders].flatMap((folder) => {
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => {
        const path = name === null ? null : join(folder, basename(name));
        if (path === null || known.has(path) || includes.some((pattern) => matchesGlob(path, pattern))) changed();
      });
      watcher.on('error', () => watcher.close());
      return [watcher];
    } catch {
      return [];
    }
  });
}

/** The part of a pattern before its first wildcard, as a path in the folder to watch. */
function withoutMagic(pattern: string): string {
  const start = pattern.search(/[*?[{]/);
  return start === -1 ? pattern : `${pattern.slice(0, start)}x`;
}

function pollFiles(files: readonly string[], pollMs: number, changed: () => void): { close(): void } {
  let last: string | null = null;
  let closed = false;
  const look = async () => {
    const now = (await Promise.all(files.map(fingerprint))).join('\n');
    if (closed) return;
    if (last !== null && now !== last) changed();
    last = now;
    timer = setTimeout(look, pollMs).unref();
  };
  let timer: NodeJS.Timeout | undefined;
  void look();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

async function fingerprint(file: string): Promise<string> {
  const stats: Stats | null = await stat(file).catch(() => null);
  return stats === null ? 'absent' : `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
}
