import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { json } from 'node:stream/consumers';
import { onTestFailed, onTestFinished } from 'vitest';
import type { IncidentJson } from '../../src/texts/incident-json.ts';
import type { StatusJson } from '../../src/web/status-json.ts';
import { type Daemon, type Ended, kill, watched } from './daemon.ts';
import { patienceMs, until } from './until.ts';

const root = join(import.meta.dirname, '../..');
const compileCache = join(root, 'node_modules/.cache/node-compile');

export interface OfficeOptions {
  /** What its processes find in the environment besides the path. */
  readonly env?: Readonly<Record<string, string>>;
  /** Runs them as this user, who owns the folder: for root alone. */
  readonly user?: number;
}

/** A folder with a configuration and a state folder, and the processes that use them. */
export interface Office extends AsyncDisposable {
  readonly config: string;
  readonly state: string;
  /** Writes a file of the folder; the configuration is `incidentd.yaml`. */
  write(name: string, text: string): void;
  /** Starts the daemon and waits until it watches. */
  run(): Promise<Daemon>;
  /** Runs one command to its end. */
  cli(...args: readonly string[]): Promise<Ended>;
  /** As `cli`, which must succeed; gives the JSON that it printed. */
  json<Answer>(...args: readonly string[]): Promise<Answer>;
  /** All incidents of the running daemon, the newest first; over its socket, which is quicker than a process. */
  incidents(): Promise<readonly IncidentJson[]>;
  status(): Promise<StatusJson>;
  /** Waits until an incident is as wanted. */
  incident(what: string, wanted: (incident: IncidentJson) => boolean): Promise<IncidentJson>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Opens an office with this configuration. Disposing kills its processes and removes its folder, and so does the end of
 * the test, which may come while the test still waits.
 */
export function openOffice(configuration: string, { env = {}, user }: OfficeOptions = {}): Office {
  const folder = mkdtempSync(join(tmpdir(), 'incidentd-e2e-'));
  const config = join(folder, 'incidentd.yaml');
  const state = join(folder, 'state');
  const children = new Set<ChildProcess>();
  const daemons: Daemon[] = [];
  onTestFailed(() => console.error(daemons.map((daemon) => `--- daemon ${daemon.pid}\n${daemon.out()}${daemon.err()}`).join('')));

  function started(args: readonly string[]): Daemon {
    const child = spawn(process.execPath, ['src/main.ts', ...args, '-c', config, '--state', state], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: folder, NO_COLOR: '1', NODE_COMPILE_CACHE: compileCache, ...env },
      ...(user === undefined ? {} : { uid: user, gid: user }),
    });
    for (const list of [children, running]) {
      list.add(child);
      child.once('close', () => list.delete(child));
    }
    return watched(child);
  }

  const office: Office = {
    config,
    state,
    write: (name, text) => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
    run: async () => {
      const daemon = started(['run']);
      daemons.push(daemon);
      await until('the daemon to watch', () => !daemon.isRunning() || daemon.out().includes('is watching'));
      if (!daemon.isRunning()) throw new Error(`the daemon ended: ${daemon.out()}${daemon.err()}`);
      return daemon;
    },
    cli: (...args) => started(args).ended(),
    json: async (...args) => {
      const { status, out, err } = await office.cli(...args, '--json');
      if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${err}${out}`);
      return JSON.parse(out);
    },
    incidents: () => ask(state, '/api/v1/incidents?all=1'),
    status: () => ask(state, '/api/v1/status'),
    incident: (what, wanted) => {
      let last: readonly IncidentJson[] = [];
      const look = async () => {
        last = await office.incidents();
        return last.find(wanted);
      };
      const seen = () => JSON.stringify(last, null, 1);
      return until(`an incident: ${what}`, look, { seen });
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...children].map(kill));
      rmSync(folder, { recursive: true, force: true });
    },
  };
  if (user !== undefined) chownSync(folder, user, user);
  onTestFinished(() => office[Symbol.asyncDispose]());
  office.write('incidentd.yaml', configuration);
  return office;
}

async function ask<Answer>(state: string, path: string): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  request({ socketPath: join(state, 'control.sock'), path, signal: AbortSignal.timeout(patienceMs) }, (response) => {
    json(response).then((answer) => resolve(answer as Answer), reject);
  })
    .on('error', reject)
    .end();
  return promise;
}
