/** The only file where all rooms meet: it fills the engine's ports with the world, and ends with it. */
import { join, resolve } from 'node:path';
import { messageOf } from './channels/dispatch/message.ts';
import { channels } from './channels/registry.ts';
import { banner } from './cli/banner.ts';
import { type Configuration, loadConfiguration } from './config/configuration.ts';
import { followConfiguration } from './config/follow.ts';
import { formatProblem } from './config/problem.ts';
import { wayOf } from './config/ways.ts';
import { diagnose } from './diagnosis/diagnose.ts';
import { startCronTicks } from './engine/cron-ticks.ts';
import { Engine } from './engine/engine.ts';
import type { Delivery, Ports } from './engine/ports.ts';
import { realClock, realTimer } from './lib/clock.ts';
import { runRemedy } from './remedies/run-remedy.ts';
import { readAlive, touchAlive } from './store/alive.ts';
import { LockedError, StoreError } from './store/errors.ts';
import { type History, openHistory } from './store/history.ts';
import { type LiveRecordStore, openLiveRecord } from './store/live-record.ts';
import { acquireLock } from './store/lock.ts';
import { noteOrigin } from './store/origin.ts';
import { daemonApi } from './web/daemon-api.ts';
import { serveSocket } from './web/socket.ts';
import { SocketError } from './web/socket-path.ts';

export interface DaemonOptions {
  readonly configPath: string;
  readonly stateFolder: string;
  readonly log: Ports['log'];
  /** Says readable lines to the person who started it. */
  readonly say: (line: string) => void;
  /** Whether a person reads along at the start; else the log alone speaks. */
  readonly isOnTerminal: boolean;
}

/** Runs until SIGTERM or SIGINT. Gives the exit status: 0 stopped, 1 cannot start, 3 another daemon holds the folder. */
export async function runDaemon(options: DaemonOptions): Promise<number> {
  const loaded = await load(options.configPath);
  if (!loaded.ok) {
    for (const problem of loaded.problems) options.say(formatProblem(problem));
    return 1;
  }
  try {
    using lock = await acquireLock(options.stateFolder);
    return await live(options, loaded.configuration, lock.folder);
  } catch (error) {
    if (!(error instanceof LockedError || error instanceof StoreError || error instanceof SocketError)) throw error;
    options.say(error.message);
    return error instanceof LockedError ? 3 : 1;
  }
}

function load(path: string) {
  return loadConfiguration(path, { env: process.env, credentialsDirectory: process.env.CREDENTIALS_DIRECTORY });
}

async function live(options: DaemonOptions, first: Configuration, folder: string): Promise<number> {
  const { log } = options;
  const current = { configuration: first };
  const store = await openLiveRecord(folder);
  await noteOrigin(folder, resolve(options.configPath));
  await using history = closing(openHistory(folder, { repaired: (note) => log('warn', 'the history was repaired', { note }) }));
  const ports = world(options, current, folder, store, history);
  const engine = new Engine(ports, first.rules, store.record);
  const api = daemonApi(engine, history, () => ports.clock().wall);
  await using _socket = await serveSocket(join(folder, 'control.sock'), api, log);
  const reloading = followConfiguration(() => load(options.configPath), first, {
    accepted: (configuration) => {
      current.configuration = configuration;
      engine.changeRules(configuration.rules);
    },
    refused: (problems, digest) => engine.desk.post({ type: 'configuration-rejected', digest, problems }),
    failed: (error) => log('error', 'the configuration could not be read', { error: String(error) }),
  });
  const stop = stopSignal(reloading.now);

  await engine.start(await readAlive(folder));
  const ticks = startCronTicks(ports, () => engine.tick());
  for (const detail of store.notes) {
    log('warn', 'the record was repaired', { detail });
    engine.desk.post({ type: 'trouble', what: 'record-repaired', detail });
  }
  introduce(options, first, folder);

  log('info', 'stopping', { signal: await stop });
  reloading.close();
  ticks.stop();
  await engine.stop();
  return 0;
}

function closing(history: History): History & AsyncDisposable {
  return { ...history, [Symbol.asyncDispose]: () => history.close() };
}

/** Says what is watched and where mails go: in lines to a person, else in the log. */
function introduce({ say, log, isOnTerminal }: DaemonOptions, configuration: Configuration, folder: string): void {
  const lines = banner(configuration, folder);
  if (isOnTerminal) for (const line of lines) say(line);
  log('info', 'incidentd is watching', { checks: configuration.checks.size, ...(isOnTerminal ? {} : { about: lines }) });
}

function world(
  { log }: DaemonOptions,
  current: { readonly configuration: Configuration },
  folder: string,
  store: LiveRecordStore,
  history: History,
): Ports {
  return {
    clock: realClock,
    timer: realTimer,
    log,
    look: (check, context) => {
      const bound = current.configuration.checks.get(check.key);
      if (bound === undefined) return Promise.reject(new Error(`no check ${check.key}`));
      return bound.look({ ...context, timeoutMs: check.timeoutMs });
    },
    diagnose: (complaint, signal) => diagnose(complaint, current.configuration.checks.get(complaint.check), signal),
    runRemedy: (request, signal) => runRemedy(request, current.configuration.remedies.get(request.rule.key), signal),
    deliver: (delivery, signal) => deliver(delivery, current.configuration, folder, signal),
    store: { commit: store.commit, touchAlive: (wall) => touchAlive(folder, wall) },
    history: { archive: history.archive, recall: history.recall, note: history.note },
  };
}

async function deliver(
  { notification, record, rules, now }: Delivery,
  { mail, ways }: Configuration,
  folder: string,
  signal: AbortSignal,
): ReturnType<Ports['deliver']> {
  const message = messageOf(notification, record, rules, now);
  const way = message === null ? undefined : wayOf(message, ways, channels);
  if (message === null || way === undefined) {
    return { state: 'refused', response: `${notification.to} is no longer configured` };
  }
  const { state, response } = await way.deliver(message, { signal, mail: { ...mail, emlFolder: join(folder, 'mails') } });
  return { state, response };
}

/** Waits for the signal to stop; a hang-up reloads. */
function stopSignal(onHangup: () => void): Promise<string> {
  process.on('SIGHUP', onHangup);
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  });
}
