/** `contacts:` — people and how to reach them. */
import { basename } from 'node:path';
import { z } from 'zod';
import { notificationKinds } from '../../core/notification.ts';
import { type ChannelRule, type ContactRule, type Language, languages, priorities } from '../../core/rules.ts';
import { isSecret, type Secret } from '../../lib/secret.ts';
import { defined } from '../defined.ts';
import { type Context, checkHours, isMap, roles } from '../names.ts';
import { parseSection } from '../parse-section.ts';
import type { Path } from '../problem.ts';
import { email, secretWebUrl, shownOrigin } from '../scalars/addresses.ts';
import { nameProblem } from '../scalars/numbers.ts';
import { either, oneOrMore, secretText, text, word } from '../scalars/scalar.ts';
import { dateSpan } from '../scalars/times.ts';

const filters = {
  only: oneOrMore(z.enum(priorities), 'a priority such as P1').optional().describe('Priorities told this way; default all.'),
  events: oneOrMore(z.enum(notificationKinds), 'an event such as opened')
    .optional()
    .describe('Events told this way; default all.'),
};

const webhookUrl = secretWebUrl('https://hooks.example/incidents');
const webhook = either('a web address, or a map with url', [
  webhookUrl,
  z.strictObject({
    url: webhookUrl.describe('Called with the event as JSON.'),
    secret: secretText().optional().describe('Key of the signature in X-Incidentd-Signature.'),
    ...filters,
  }),
]);

const words = z.array(word()).min(1).max(100);
const command = either('a list such as [/usr/local/bin/send-sms, "+491700000000"], or a map with run', [
  words,
  z.strictObject({
    run: words.describe('Program and arguments, run without a shell; it gets the event as JSON on standard input.'),
    ...filters,
  }),
]);

const contactMap = z.strictObject({
  email: oneOrMore(email(), 'a mail address such as anna@kanzlei.example')
    .optional()
    .describe('One address or several; all of them get it.'),
  language: z.enum(languages).optional().describe('Language of the mails; default that of the site.'),
  hours: text().optional().describe('Name of the hours in which this person is reached; a P1 always reaches.'),
  away: oneOrMore(dateSpan(), 'days such as 2026-12-24/2027-01-06').optional().describe('Days of absence, both inclusive.'),
  outside: z.boolean().optional().describe('Not of the house: gets service, cause and number, no text of staff reports.'),
  webhook: webhook.optional().describe('A web address that is called as well.'),
  command: command.optional().describe('A program that is run as well.'),
  ...filters,
});

export const contactSchema = either('a mail address, or a map with email, webhook or command', [email(), contactMap]);

/** Where a channel leads; what is secret in it stays hidden. */
export type Destination =
  | { readonly kind: 'email'; readonly address: string }
  | { readonly kind: 'webhook'; readonly url: Secret; readonly secret?: Secret }
  | { readonly kind: 'command'; readonly run: readonly (string | Secret)[] };

export interface Contact {
  readonly rule: ContactRule;
  /** By channel id. */
  readonly destinations: ReadonlyMap<string, Destination>;
}

interface Reach extends Pick<ChannelRule, 'id' | 'address'> {
  readonly destination: Destination;
  readonly filter: Filter;
}

type ContactMap = z.output<typeof contactMap>;
type Filter = Pick<ContactMap, 'only' | 'events'>;

export interface ContactDefaults {
  readonly language: Language;
  /** Kinds of channels that can deliver; others are checked and left out of the rules. */
  readonly channels: readonly ChannelRule['kind'][];
}

/** All contacts that could be understood, in the order of the file. */
export function readContacts(
  section: Readonly<Record<string, unknown>>,
  defaults: ContactDefaults,
  context: Context,
): ReadonlyMap<string, Contact> {
  const contacts = new Map<string, Contact>();
  for (const [id, raw] of Object.entries(section)) {
    const path = ['contacts', id];
    checkContactName(id, path, context);
    const value = parseSection(contactSchema, raw, path, context);
    if (value === undefined) continue;
    checkReach(raw, path, context);
    contacts.set(id, contactOf(id, typeof value === 'string' ? { email: [value] } : value, path, defaults, context));
  }
  return contacts;
}

function checkContactName(id: string, path: Path, context: Context): void {
  const problem = (roles as readonly string[]).includes(id)
    ? `"${id}" is a word for a role; name the contact otherwise`
    : nameProblem(id);
  if (problem) context.problem(path, problem, 'key');
}

function checkReach(raw: unknown, path: Path, context: Context): void {
  const isReachable = !isMap(raw) || ['email', 'webhook', 'command'].some((key) => Object.hasOwn(raw, key));
  if (!isReachable) context.problem(path, `nothing says how to reach "${path.at(-1)}": write email, webhook or command`, 'key');
}

function contactOf(id: string, value: ContactMap, path: Path, defaults: ContactDefaults, context: Context): Contact {
  checkHours(value.hours, [...path, 'hours'], context);
  const reaches = reachesOf(value);
  const usable = reaches.filter((reach) => defaults.channels.includes(reach.destination.kind));
  const rule: ContactRule = defined({
    id,
    language: value.language ?? defaults.language,
    channels: usable.map((reach) => channelRule(reach, value)),
    hours: value.hours,
    away: value.away ?? [],
    outside: value.outside ?? false,
  });
  return { rule, destinations: new Map(reaches.map((reach) => [reach.id, reach.destination])) };
}

function reachesOf({ email: addresses, webhook: hook, command: program }: ContactMap): readonly Reach[] {
  const reaches: Reach[] = [...new Set(addresses)].map((address, index) => ({
    id: index === 0 ? 'email' : `email-${index + 1}`,
    address,
    destination: { kind: 'email', address },
    filter: {},
  }));
  if (hook !== undefined) {
    const { url, secret, ...filter } = isSecret(hook) ? { url: hook, secret: undefined } : hook;
    reaches.push({
      id: 'webhook',
      address: shownOrigin(url),
      destination: defined({ kind: 'webhook' as const, url, secret }),
      filter,
    });
  }
  if (program !== undefined) {
    const { run, ...filter } = Array.isArray(program) ? { run: program } : program;
    reaches.push({ id: 'command', address: basename(String(run[0] ?? '')), destination: { kind: 'command', run }, filter });
  }
  return reaches;
}

/** A channel's own filter goes before that of the contact. */
function channelRule({ id, address, destination, filter }: Reach, contact: Filter): ChannelRule {
  return defined({
    id,
    kind: destination.kind,
    address,
    only: filter.only ?? contact.only,
    events: filter.events ?? contact.events,
  });
}
