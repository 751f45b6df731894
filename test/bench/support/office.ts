import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, insistOn, startLogged } from './child.ts';
import { openFolder } from './folder.ts';

/** A folder with a configuration and a state folder of its own. */
export interface Office extends Disposable {
  readonly folder: string;
  readonly log: string;
  /** Starts the daemon as an admin would. */
  run(env?: Readonly<Record<string, string>>): Child;
  /** Throws with the end of the log when the daemon has ended. */
  insistOn(daemon: Child): void;
}

export interface Sections {
  readonly services: readonly string[];
  readonly intervalS: number;
  /** Further lines of `defaults:`. */
  readonly pace?: Readonly<Record<string, string | number>>;
  /** Port of a mail server on loopback. */
  readonly mail?: number;
}

/** Writes the configuration of an office whose services are these lines. */
export function openOffice({ services, intervalS, pace = {}, mail }: Sections): Office {
  const folder = openFolder();
  const log = join(folder.path, 'log');
  const config = join(folder.path, 'incidentd.yaml');
  const defaults = Object.entries({ interval: `${intervalS}s`, ...pace }).map(([key, value]) => `  ${key}: ${value}\n`);
  const servers = mail === undefined ? '' : `  servers:\n    - url: smtp://127.0.0.1:${mail}\n`;
  const text = `site: Benchmark
startup_grace: 0s
web: off
mail:
  from: Monitoring <monitoring@office.example>
  group_wait: 0s
${servers}contacts:
  anna: anna@office.example
defaults:
${defaults.join('')}services:
${services.map((line) => `  - ${line}\n`).join('')}`;
  writeFileSync(config, text);
  writeFileSync(log, '');
  return {
    folder: folder.path,
    log,
    run: (env) => startLogged(['src/main.ts', 'run', '-c', config, '--state', join(folder.path, 'state')], log, env),
    insistOn: (daemon) => insistOn(daemon, log),
    [Symbol.dispose]: folder[Symbol.dispose],
  };
}
