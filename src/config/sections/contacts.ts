/** `contacts:` — people and how to reach them. */
import { z } from 'zod';
import type { Channel } from '../../channels/contract.ts';
import { type ContactRule, type Language, languages } from '../../core/rules.ts';
import { defined } from '../defined.ts';
import { type Context, checkHours, isMap, roles } from '../names.ts';
import { parseSection } from '../parse-section.ts';
import type { Path } from '../problem.ts';
import { nameProblem } from '../scalars/numbers.ts';
import { either, oneOrMore, text } from '../scalars/scalar.ts';
import { dateSpan } from '../scalars/times.ts';
import { filterShape, type Reach, reachesSchema } from './reach.ts';

const generalShape = {
  language: z.enum(languages).optional().describe('Language of the messages; default that of the site.'),
  hours: text().optional().describe('Name of the hours in which this person is reached; a P1 always reaches.'),
  away: oneOrMore(dateSpan(), 'days such as 2026-12-24/2027-01-06').optional().describe('Days of absence, both inclusive.'),
  outside: z.boolean().optional().describe('Not of the house: gets service, cause and number, no text of staff reports.'),
  ...filterShape,
};
const generalSchema = z.object(generalShape);
type General = z.output<typeof generalSchema>;

/** A contact taken apart: what holds for the person, and each way to reach them in the order of the channels. */
interface Written {
  readonly general: General;
  readonly reaches: readonly Reach[];
}

/** A contact as it is written: the first channel's short form alone, or a map with a key for each channel. */
export function contactSchema(channels: readonly Channel[]) {
  const written = channels.map((channel) => [channel.kind, reachesSchema(channel).optional().describe(channel.summary)] as const);
  const map = z.strictObject({ ...Object.fromEntries(written), ...generalShape }).transform((value): Written => {
    const general = value as General & Readonly<Record<string, readonly Reach[] | undefined>>;
    return { general, reaches: channels.flatMap(({ kind }) => general[kind] ?? []) };
  });
  const [first] = channels;
  if (first?.short === undefined) return map;
  const { option, words } = first.short;
  const alone = (first.schema.shape[option] as z.ZodType).transform((value): Written => {
    return { general: {}, reaches: [{ channel: first, number: 1, options: { [option]: value } }] };
  });
  return either(`${words}, or a map with ${kindList(channels)}`, [alone, map]);
}

/** `email, webhook or command` */
function kindList(channels: readonly Channel[]): string {
  const kinds = channels.map(({ kind }) => kind);
  return [kinds.slice(0, -1).join(', '), ...kinds.slice(-1)].filter((part) => part !== '').join(' or ');
}

/** What the reference and editors say of contacts. */
export const contactsSection = {
  description: 'People, and how they are reached. The first one is the admin unless `admin` says otherwise.',
  about: `Every name may be used wherever somebody is told: in \`owner\`, \`notify\`, \`admin\` and as a member of a \`rota\`. \`owner\` and \`admin\` are
words for roles and no names of contacts. Hours never hold a P1.`,
  sample: `contacts:
  anna: anna@kanzlei.example
  boss: { email: chef@kanzlei.example, language: de, hours: office }`,
} as const;

export interface Contact {
  readonly rule: ContactRule;
  /** What is written for each way, by channel id. */
  readonly reaches: ReadonlyMap<string, Reach>;
}

export interface ContactDefaults {
  readonly language: Language;
  readonly channels: readonly Channel[];
}

/** All contacts that could be understood, in the order of the file. */
export function readContacts(
  section: Readonly<Record<string, unknown>>,
  { language, channels }: ContactDefaults,
  context: Context,
): ReadonlyMap<string, Contact> {
  const contacts = new Map<string, Contact>();
  const schema = contactSchema(channels);
  for (const [id, raw] of Object.entries(section)) {
    const path = ['contacts', id];
    checkContactName(id, path, context);
    const value = parseSection<Written>(schema, raw, path, context);
    if (value === undefined) continue;
    checkReach(raw, path, channels, context);
    checkHours(value.general.hours, [...path, 'hours'], context);
    contacts.set(id, contactOf(id, value, language));
  }
  return contacts;
}

function checkContactName(id: string, path: Path, context: Context): void {
  const problem = (roles as readonly string[]).includes(id)
    ? `"${id}" is a word for a role; name the contact otherwise`
    : nameProblem(id);
  if (problem) context.problem(path, problem, 'key');
}

function checkReach(raw: unknown, path: Path, channels: readonly Channel[], context: Context): void {
  const isReachable = !isMap(raw) || channels.some(({ kind }) => Object.hasOwn(raw, kind));
  if (!isReachable) context.lacking(path, `nothing says how to reach "${path.at(-1)}": write ${kindList(channels)}`, 'key');
}

function contactOf(id: string, { general, reaches }: Written, language: Language): Contact {
  const named = reaches.map((reach) => ({ ...reach, id: wayId(reach) }));
  return {
    rule: defined({
      id,
      language: general.language ?? language,
      channels: named.map((reach) =>
        // A channel's own filter goes before that of the contact.
        defined({
          id: reach.id,
          kind: reach.channel.kind,
          address: reach.channel.describe(reach.options),
          only: reach.only ?? general.only,
          events: reach.events ?? general.events,
        }),
      ),
      hours: general.hours,
      away: general.away ?? [],
      outside: general.outside ?? false,
    }),
    reaches: new Map(named.map((reach) => [reach.id, reach])),
  };
}

/** `email`, `email-2`, … */
function wayId({ channel, number }: Reach): string {
  return number === 1 ? channel.kind : `${channel.kind}-${number}`;
}
