import { formatDuration } from '../../lib/duration.ts';
import type { IncidentJson } from '../../texts/incident-json.ts';
import type { StatusJson } from '../../web/status-json.ts';
import { Stop } from '../stop.ts';
import { anna, ben } from './configuration.ts';
import type { Narrator } from './narrator.ts';
import type { Office } from './office.ts';
import type { Tempo } from './tempo.ts';
import { pause, until } from './wait.ts';

interface Scene {
  readonly office: Office;
  readonly narrator: Narrator;
  readonly tempo: Tempo;
}

/** No step takes this much longer than planned. */
const patienceMs = 20_000;

/** Plays it from the start of the daemon to the closed incident; rejects with a Stop where it does not come out as it should. */
export async function tellStory(scene: Scene): Promise<void> {
  await startWatching(scene);
  const id = await breakWebsite(scene);
  await escalate(scene);
  await takeIt(scene, id);
  await repair(scene, id);
  await readRecord(scene, id);
}

async function startWatching({ office, narrator, tempo }: Scene): Promise<void> {
  narrator.say('incidentd starts');
  office.startDaemon();
  await until(() => allUp(office), { what: 'every service to be up', withinMs: patienceMs, signal: office.signal });
  narrator.say('the website and the file server are up');
  await pause(tempo.pauseMs, office.signal);
}

async function allUp(office: Office): Promise<true | null> {
  const status = await office.ask<StatusJson>('/status');
  const services = status?.services ?? [];
  return services.length > 0 && services.every((service) => service.status === 'up') ? true : null;
}

async function breakWebsite({ office, narrator, tempo }: Scene): Promise<string> {
  narrator.say('the website stops');
  office.website.stop();
  const opened = {
    what: 'an incident',
    withinMs: tempo.intervalMs + patienceMs,
    signal: office.signal,
  };
  const id = await narrator.beforeMails(async () => {
    const incident = await until(async () => (await office.ask<StatusJson>('/status'))?.incidents[0] ?? null, opened);
    narrator.say(`three looks in a row have failed: ${incident.id} opens, priority ${incident.priority}`);
    return incident.id;
  });
  await mailTo(anna, '[P1] Website: ', office);
  return id;
}

async function escalate({ office, narrator, tempo }: Scene): Promise<void> {
  narrator.say(`Anna does not react; ${formatDuration(tempo.escalateAfterMs)} after the opening Ben will be told`);
  await mailTo(ben, '[P1] Website: ', office, tempo.escalateAfterMs);
  await pause(tempo.pauseMs, office.signal);
  narrator.say('Ben looks what there is');
  await type(['status'], { office, narrator });
  await pause(tempo.pauseMs, office.signal);
}

async function takeIt({ office, narrator, tempo }: Scene, id: string): Promise<void> {
  narrator.say('Ben takes it: nobody else is disturbed, and Anna is told');
  await type(['ack', id, '--by', 'ben'], { office, narrator });
  await mailTo(anna, 'ben kümmert sich', office);
  await pause(tempo.pauseMs, office.signal);
}

async function repair({ office, narrator, tempo }: Scene, id: string): Promise<void> {
  narrator.say('Ben starts the website again, and writes down what it was');
  await office.website.start();
  await type(['resolve', id, '--cause', 'the web server had been stopped', '--fix', 'started it again', '--by', 'ben'], {
    office,
    narrator,
  });
  await reached('recovering', id, office);
  narrator.say(
    `two looks in a row are good: recovering; the all-clear follows if it holds for ${formatDuration(tempo.confirmForMs)}`,
  );
  await Promise.all([
    mailTo(anna, '[behoben] Website: ', office, tempo.confirmForMs),
    mailTo(ben, '[resolved] Website: ', office, tempo.confirmForMs),
  ]);
  narrator.say(`a failure within ${formatDuration(tempo.reopenWithinMs)} would open the same incident again`);
  await reached('closed', id, office, tempo.reopenWithinMs);
}

async function readRecord({ office, narrator }: Scene, id: string): Promise<void> {
  narrator.say('it is closed, and this is the record');
  await type(['show', id], { office, narrator });
  const incident = await office.ask<IncidentJson>(`/incidents/${id}`);
  const unsent = incident?.notifications.filter(({ state }) => state !== 'sent') ?? [];
  if (unsent.length > 0) throw new Stop(`the story went wrong: a mail to ${unsent[0]?.to} is ${unsent[0]?.state}`);
  const status = await office.stopDaemon();
  if (status !== 0) throw new Stop(`the story went wrong: asked to stop, the daemon ended with ${status ?? 'a signal'}`);
}

/** Waits for a mail whose subject begins so, or whose text says so. */
async function mailTo(reader: string, words: string, { mails, signal }: Office, plannedMs = 0): Promise<void> {
  await until(
    async () =>
      mails.received.find(({ to, subject, text }) => to === reader && (subject.startsWith(words) || text.includes(words))) ??
      null,
    {
      what: `the mail "${words}" to ${reader}`,
      withinMs: plannedMs + patienceMs,
      signal,
    },
  );
}

/** Waits until the incident has come this far. */
async function reached(wanted: IncidentJson['status'], id: string, office: Office, plannedMs = 0): Promise<void> {
  const order: readonly string[] = ['open', 'recovering', 'resolved', 'closed'];
  const isThere = async () => {
    const incident = await office.ask<IncidentJson>(`/incidents/${id}`);
    return incident !== null && order.indexOf(incident.status) >= order.indexOf(wanted) ? incident : null;
  };
  await until(isThere, { what: `${id} to be ${wanted}`, withinMs: plannedMs + patienceMs, signal: office.signal });
}

/** Has a person type a command, and shows it with its answer. */
async function type(args: readonly string[], { office, narrator }: Pick<Scene, 'office' | 'narrator'>): Promise<void> {
  await narrator.beforeMails(async () => {
    narrator.quote(`$ incidentd ${args.map(shellWord).join(' ')}`);
    narrator.quote(await office.run(...args));
  });
}

function shellWord(word: string): string {
  return /^[\w-]+$/.test(word) ? word : `"${word}"`;
}
