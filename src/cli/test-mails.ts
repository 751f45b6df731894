import { join } from 'node:path';
import type { DeliveryOutcome } from '../channels/contract.ts';
import { channels } from '../channels/registry.ts';
import type { Configuration } from '../config/configuration.ts';
import { hint } from '../config/suggest.ts';
import { wayOf } from '../config/ways.ts';
import type { Notification } from '../core/notification.ts';
import type { ChannelRule, ContactRule } from '../core/rules.ts';
import { contactId } from '../web/known-names.ts';
import type { Call } from './commands/contract.ts';
import { Stop } from './stop.ts';
import { wrap } from './views/layout.ts';

/** As long as the daemon waits for one mail. */
const withinMs = 11 * 60_000;

/** Sends a test message on every way to a contact, says what was said, and whether all were accepted. */
export async function sendTestMails(name: string, configuration: Configuration, call: Call<unknown>): Promise<boolean> {
  const { contacts } = configuration.rules;
  const contact = contacts[contactId(name, configuration.rules)];
  if (contact === undefined) throw new Stop(`there is no contact "${name}"${hint(name, Object.keys(contacts), 'known')}`);
  let accepted = true;
  for (const channel of contact.channels) {
    call.world.out(`${headed(contact, channel)}\n`);
    const outcome = await send(contact, channel, configuration, call);
    tell(outcome, channel, configuration, call);
    accepted &&= outcome.state === 'sent';
  }
  return accepted;
}

function headed({ id }: ContactRule, { kind, address }: ChannelRule): string {
  return kind === 'email' ? `Test mail to ${id} <${address}>` : `Test message to ${id} by ${kind} (${address})`;
}

async function send(
  contact: ContactRule,
  { id, address }: ChannelRule,
  { rules, mail, ways }: Configuration,
  { world, folder }: Call<unknown>,
): Promise<DeliveryOutcome> {
  const now = world.now();
  const notification = testNotification(contact.id, id, address, now);
  const message = { notification, incidents: [], thread: [], told: [], contact, rules, now };
  const way = wayOf(message, ways, channels);
  if (way === undefined) throw new Error(`no way ${id} to ${contact.id}`);
  return way.deliver(message, {
    signal: AbortSignal.timeout(withinMs),
    mail: { ...mail, emlFolder: join(folder, 'mails') },
  });
}

function testNotification(to: string, channel: string, address: string, now: number): Notification {
  return {
    key: `test/${now}/${to}/${channel}`,
    incidents: [],
    kind: 'test',
    reason: 'test-mail',
    to,
    channel,
    address,
    priority: null,
    facts: {},
    at: now,
    notBefore: now,
    expiresAt: now + withinMs,
    collect: null,
    state: 'sending',
    attempts: 1,
    doubtful: 0,
    foldedInto: null,
    sentAt: null,
    response: null,
  };
}

function tell(outcome: DeliveryOutcome, { kind }: ChannelRule, configuration: Configuration, { world }: Call<unknown>): void {
  for (const line of outcome.transcript ?? []) world.out(`  ${line}\n`);
  world.out(`${wrap(outcomeText(outcome, kind, configuration), world.columns).join('\n')}\n`);
}

/** What came of a delivery by a kind of channel, in a sentence for the terminal. */
export function outcomeText({ state, response }: DeliveryOutcome, kind: string, { mail }: Pick<Configuration, 'mail'>): string {
  const written = kind === 'email' && mail.servers.length === 0;
  const results: Readonly<Record<DeliveryOutcome['state'], string>> = {
    sent: written ? `No mail server is configured; the mail is in ${response}` : `Accepted: ${response}`,
    retry: `Not delivered: ${response}`,
    refused: `Refused: ${response}`,
    uncertain: `Handed over, but the answer was lost: ${response}`,
  };
  return results[state];
}
