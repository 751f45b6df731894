import { join } from 'node:path';
import type { DeliveryOutcome } from '../../channels/contract.ts';
import { channels } from '../../channels/registry.ts';
import type { Configuration } from '../../config/configuration.ts';
import { wayOf } from '../../config/ways.ts';
import type { Notification } from '../../core/notification.ts';
import type { ServiceRule } from '../../core/rules.ts';
import { besideText } from '../../texts/times.ts';
import { wrap } from '../views/layout.ts';
import type { World } from '../world.ts';
import type { Rehearsal } from './rehearse.ts';
import { timetable } from './timetable.ts';

/** As long as the daemon waits for one mail. */
const withinMs = 11 * 60_000;

/** Where it is sent from, and where its results are said. */
export interface Place {
  readonly world: World;
  readonly folder: string;
  readonly say: (text: string) => void;
}

/** Sends the drill to everybody who would be told, once a channel; true when all of it was accepted. */
export async function sendDrill(
  rehearsal: Rehearsal,
  service: ServiceRule,
  configuration: Configuration,
  place: Place,
): Promise<boolean> {
  const recipients = new Map(
    rehearsal.sent.map(({ notification }) => [`${notification.to}/${notification.channel}`, notification]),
  );
  if (recipients.size === 0) place.say('Nobody would be told, so no drill is sent.\n');
  let accepted = true;
  for (const told of recipients.values()) {
    place.say(`Drill to ${told.to} (${told.channel} ${told.address})\n`);
    const { state, response } = await send(told, rehearsal, service, configuration, place);
    const said = state === 'sent' ? `Accepted: ${response}` : `Not accepted (${state}): ${response}`;
    place.say(`${wrap(said, place.world.columns).join('\n')}\n`);
    accepted &&= state === 'sent';
  }
  return accepted;
}

async function send(
  told: Notification,
  rehearsal: Rehearsal,
  service: ServiceRule,
  { rules, mail, ways }: Configuration,
  { world, folder }: Place,
): Promise<DeliveryOutcome> {
  const contact = rules.contacts[told.to];
  if (contact === undefined) return { state: 'refused', response: `${told.to} is not configured` };
  const now = world.now();
  const steps = timetable(rehearsal, rules, contact.language).filter(({ to }) => to === undefined || to === contact.id);
  const lines = steps.map(({ at, text }) => `${besideText(at, rehearsal.startedAt, rules.timezone, contact.language)}: ${text}`);
  const notification: Notification = {
    ...told,
    key: `drill/${now}/${told.to}/${told.channel}`,
    incidents: [],
    kind: 'drill',
    reason: 'rehearsed',
    priority: null,
    facts: { service: service.name, lines },
    ...{ at: now, notBefore: now, expiresAt: now + withinMs, collect: null, state: 'sending', attempts: 1 },
  };
  const message = { notification, incidents: [], thread: [], told: [], contact, rules, now };
  const way = wayOf(message, ways, channels);
  if (way === undefined) return { state: 'refused', response: `no way ${told.channel} to ${told.to}` };
  const context = { signal: AbortSignal.timeout(withinMs), mail: { ...mail, emlFolder: join(folder, 'mails') } };
  return await way.deliver(message, context);
}
