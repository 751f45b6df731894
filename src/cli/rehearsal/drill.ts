import { join } from 'node:path';
import type { DeliveryOutcome } from '../../channels/contract.ts';
import { channels } from '../../channels/registry.ts';
import type { Configuration } from '../../config/configuration.ts';
import { wayOf } from '../../config/ways.ts';
import type { Notification } from '../../core/notification.ts';
import { recipientOf } from '../../core/people.ts';
import type { ContactRule, Rules } from '../../core/rules.ts';
import { besideText } from '../../texts/times.ts';
import { outcomeText } from '../test-mails.ts';
import { wrap } from '../views/layout.ts';
import type { World } from '../world.ts';
import type { Rehearsal } from './rehearse.ts';
import type { Step } from './step.ts';
import { timetable } from './timetable.ts';

/** As long as the daemon waits for one mail. */
const withinMs = 11 * 60_000;

/** Where it is sent from, and where its results are said. */
export interface Place {
  readonly world: World;
  readonly folder: string;
  readonly say: (text: string) => void;
}

/** A rehearsal of a service, by its name. */
export interface Drill {
  readonly rehearsal: Rehearsal;
  readonly service: string;
}

/** Sends the drill to everybody who would be told, once a channel; true when all of it was accepted. */
export async function sendDrill(drill: Drill, configuration: Configuration, place: Place): Promise<boolean> {
  const { sent } = drill.rehearsal;
  const recipients = new Map(sent.map(({ notification }) => [recipientOf(notification), notification]));
  if (recipients.size === 0) place.say('Nobody would be told, so no drill is sent.\n');
  let accepted = true;
  for (const told of recipients.values()) {
    const contact = configuration.rules.contacts[told.to];
    if (contact === undefined) continue;
    const kind = contact.channels.find(({ id }) => id === told.channel)?.kind ?? told.channel;
    place.say(`Drill to ${told.to}: ${kind} ${told.address}\n`);
    const outcome = await send(told, contact, drill, configuration, place);
    place.say(`${wrap(outcomeText(outcome, kind, configuration), place.world.columns).join('\n')}\n`);
    accepted &&= outcome.state === 'sent';
  }
  return accepted;
}

async function send(
  told: Notification,
  contact: ContactRule,
  { rehearsal, service }: Drill,
  { rules, mail, ways }: Configuration,
  { world, folder }: Place,
): Promise<DeliveryOutcome> {
  const now = world.now();
  const notification: Notification = {
    ...told,
    key: `drill/${now}/${recipientOf(told)}`,
    ...{ incidents: [], kind: 'drill', reason: 'rehearsed', priority: null },
    facts: { service, lines: linesFor(contact, rehearsal, rules) },
    ...{ at: now, notBefore: now, expiresAt: now + withinMs, collect: null, state: 'sending', attempts: 1 },
  };
  const message = { notification, incidents: [], thread: [], told: [], contact, rules, now };
  const way = wayOf(message, ways, channels);
  if (way === undefined) throw new Error(`no way ${told.channel} to ${told.to}`);
  return await way.deliver(message, {
    signal: AbortSignal.timeout(withinMs),
    mail: { ...mail, emlFolder: join(folder, 'mails') },
  });
}

/** What concerns one reader, a step a line, in their language. */
function linesFor(contact: ContactRule, rehearsal: Rehearsal, rules: Rules): readonly string[] {
  const { language } = contact;
  const steps = timetable(rehearsal, rules, language).filter((step) => concerns(step, contact));
  return steps.map(({ at, text }) => `${besideText(at, rehearsal.startedAt, rules.timezone, language)}: ${text}`);
}

/** What happens, and what is sent to this person; people from outside are not told what runs here. */
function concerns({ told, type }: Step, { id, outside }: ContactRule): boolean {
  return told === undefined ? !(outside && type === 'remedy') : told.to === id;
}
