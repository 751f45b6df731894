/** A `systemctl` of the tests in front of the system's. */
import { delimiter } from 'node:path';
import { vi } from 'vitest';
import { scriptFolder } from '../../net/support/scripts.ts';

/** Runs these lines of shell instead; the units asked for are the last arguments. Goes away with the block. */
export function systemctl(lines: string): Disposable {
  const scripts = scriptFolder();
  scripts.add('systemctl', lines);
  vi.stubEnv('PATH', `${scripts.folder}${delimiter}${process.env.PATH}`);
  return {
    [Symbol.dispose]: () => {
      vi.unstubAllEnvs();
      scripts[Symbol.dispose]();
    },
  };
}

/** Lines that print a unit as `systemctl show` does. */
export function showing(unit: Readonly<Record<string, string>>): string {
  const all = { Id: 'nginx.service', LoadState: 'loaded', Type: 'notify', RemainAfterExit: 'no', NRestarts: '0', ...unit };
  return `cat <<'END'\n${Object.entries(all)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')}END`;
}
