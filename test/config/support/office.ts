/** A configuration on disk, loaded as the daemon loads it. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Configuration, type Loaded, type LoadOptions, loadConfiguration } from '../../../src/config/configuration.ts';
import { formatProblem } from '../../../src/config/problem.ts';

export interface Office extends Disposable {
  readonly folder: string;
  /** Absolute path of a file in the folder. */
  path(name: string): string;
  write(name: string, content: string | Uint8Array, mode?: number): string;
  /** Loads `main.yaml`. */
  load(options?: Partial<LoadOptions>): Promise<Loaded>;
}

/** A folder of files, `main.yaml` among them; removed at the end of the block. */
export function office(files: Readonly<Record<string, string | Uint8Array>> = {}): Office {
  const folder = mkdtempSync(join(tmpdir(), 'incidentd-config-'));
  const path = (name: string) => join(folder, name);
  const write = (name: string, content: string | Uint8Array, mode = 0o600) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), content);
    chmodSync(path(name), mode);
    return path(name);
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  return {
    folder,
    path,
    write,
    load: (options) =>
      loadConfiguration(path('main.yaml'), { env: {}, hostname: 'server', timezone: 'Europe/Berlin', ...options }),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The problems of one text, as `line:col: message`. */
export async function problemsOf(main: string | Uint8Array, files: Readonly<Record<string, string>> = {}): Promise<string[]> {
  using place = office({ 'main.yaml': main, ...files });
  return told(await place.load(), place);
}

/** Problems as `line:col: message` of the main file, `name:line:col: message` of others. */
export function told(loaded: Loaded, place: Office): string[] {
  const short = (text: string) => text.replaceAll(`${place.folder}/`, '').replace(/^main\.yaml:/, '');
  return loaded.ok ? [] : loaded.problems.map((problem) => short(formatProblem(problem)));
}

/** The configuration, which must be free of mistakes. */
export function accepted(loaded: Loaded): Configuration {
  if (!loaded.ok) throw new Error(`not accepted:\n${loaded.problems.map(formatProblem).join('\n')}`);
  return loaded.configuration;
}

/** The configuration of one text. */
export async function configurationOf(main: string, files: Readonly<Record<string, string>> = {}): Promise<Configuration> {
  using place = office({ 'main.yaml': main, ...files });
  return accepted(await place.load());
}
