import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder in the system's temporary one; disposing removes it, and so does the end of the benchmark. */
export interface Folder extends Disposable {
  readonly path: string;
}

const open = new Set<string>();
process.once('exit', () => {
  for (const path of open) remove(path);
});

export function openFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'incidentd-bench-'));
  open.add(path);
  return { path, [Symbol.dispose]: () => remove(path) };
}

function remove(path: string): void {
  open.delete(path);
  rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}
