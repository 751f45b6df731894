import { join } from 'node:path';
import { deliverTelling, type ToldDelivery } from '../channels/email.ts';
import type { Configuration } from '../config/configuration.ts';
import { hint } from '../config/suggest.ts';
import type { Notification } from '../core/notification.ts';
import type { ContactRule } from '../core/rules.ts';
import { contactId } from '../web/known-names.ts';
import type { Call } from './commands/contract.ts';
import { Stop } from './stop.ts';
import { wrap } from './views/layout.ts';

/** As long as the daemon waits for one mail. */
const withinMs = 11 * 60_000;

/** Sends a test mail to each address of a contact, says what was said, and whether all were accepted. */
export async function sendTestMails(name: string, configuration: Configuration, call: Call<unknown>): Promise<boolean> {
  const { contacts } = configuration.rules;
  const contact = contacts[contactId(name, configuration.rules)];
  if (contact === undefined) throw new Stop(`there is no contact "${name}"${hint(name, Object.keys(contacts), 'known')}`);
  const channels = contact.channels.filter(({ kind }) => kind === 'email');
  if (channels.length === 0) throw new Stop(`${contact.id} has no mail address`);
  let accepted = true;
  for (const { id, address } of channels) {
    call.world.out(`Test mail to ${contact.id} <${address}>\n`);
    const delivery = await send(contact, id, address, configuration, call);
    tell(delivery, configuration, call);
    accepted &&= delivery.state === 'sent';
  }
  return accepted;
}

function send(
  contact: ContactRule,
  channel: string,
  address: string,
  { rules, mail }: Configuration,
  { world, folder }: Call<unknown>,
): Promise<ToldDelivery> {
  const now = world.now();
  const notification = testNotification(contact.id, channel, address, now);
  const message = { notification, incidents: [], thread: [], told: [], contact, rules, now };
  const settings = { ...mail, emlFolder: join(folder, 'mails') };
  return deliverTelling(message, { address }, settings, { signal: AbortSignal.timeout(withinMs) });
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

function tell({ transcript, state, response }: ToldDelivery, { mail }: Configuration, { world }: Call<unknown>): void {
  for (const line of transcript) world.out(`  ${line}\n`);
  const written = mail.servers.length === 0;
  const results: Readonly<Record<ToldDelivery['state'], string>> = {
    sent: written ? `No mail server is configured; the mail is in ${response}` : `Accepted: ${response}`,
    retry: `Not delivered: ${response}`,
    refused: `Refused: ${response}`,
    uncertain: `Handed over, but the answer was lost: ${response}`,
  };
  world.out(`${wrap(results[state], world.columns).join('\n')}\n`);
}
