/** Executable scripts of the tests, in a folder that goes away with the block, and a look at what is still running. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Scripts extends Disposable {
  readonly folder: string;
  /** Writes `#!/bin/sh` and these lines to an executable file; gives its path. */
  add(name: string, lines: string): string;
  /** Processes whose command line holds this folder. */
  running(): readonly string[];
}

/** Makes the folder. */
export function scriptFolder(): Scripts {
  const folder = mkdtempSync(join(tmpdir(), 'scripts-'));
  return {
    folder,
    add: (name, lines) => {
      const path = join(folder, name);
      writeFileSync(path, `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
      return path;
    },
    running: () => commandLines().filter((line) => line.includes(folder)),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function commandLines(): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    });
}
