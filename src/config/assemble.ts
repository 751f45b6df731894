/** From plain data to rules and bound checks. */
import type { Channel } from '../channels/contract.ts';
import type { Rules } from '../core/rules.ts';
import type { Secret } from '../lib/secret.ts';
import type { Probe } from '../probes/contract.ts';
import type { BoundRemedy } from '../remedies/contract.ts';
import type { BoundCheck } from './bind.ts';
import { defined } from './defined.ts';
import { noteLaterKeys } from './later.ts';
import { type Context, checkName, collectNames, isMap } from './names.ts';
import { parseSection } from './parse-section.ts';
import { readServices } from './read-services.ts';
import { allRepeatable, secretsIn } from './redact.ts';
import type { ListenAddress } from './scalars/addresses.ts';
import { type Outline, outlineSchema } from './schema.ts';
import { type Contact, readContacts } from './sections/contacts.ts';
import { readEscalation, readPriorities } from './sections/escalation.ts';
import { readHours } from './sections/hours.ts';
import { type MailSettings, readMail } from './sections/mail.ts';
import { readMaintenance } from './sections/maintenance.ts';
import { readRota } from './sections/rota.ts';
import { bindChannel, type Ways } from './ways.ts';

/** What the configuration takes from the machine, and from the rest of the program. */
export interface Surroundings {
  readonly hostname: string;
  readonly timezone: string;
  readonly probes: readonly Probe[];
  readonly channels: readonly Channel[];
}

export interface Assembled {
  readonly rules: Rules;
  /** By key; the same checks as in the rules. */
  readonly checks: ReadonlyMap<string, BoundCheck>;
  /** What each remedy does, by key. */
  readonly remedies: ReadonlyMap<string, BoundRemedy>;
  readonly mail: MailSettings;
  /** How each contact is reached. */
  readonly ways: Ways;
  /** Null: no web server. */
  readonly web: { readonly listen: ListenAddress } | null;
  readonly watchdog: { readonly url: Secret } | null;
}

/** Reads everything; what is wrong goes to `context` and is left out of the result. */
export function assemble(
  data: Readonly<Record<string, unknown>>,
  around: Surroundings,
  report: Omit<Context, 'names'>,
): Assembled {
  const context: Context = { ...report, names: collectNames(data) };
  const outline = parseSection(outlineSchema, data, [], context) ?? outlineSchema.parse({});
  const contacts = readContacts(outline.contacts ?? {}, { language: outline.language, channels: around.channels }, context);
  const site = { probes: around.probes, timezone: timezoneOf(outline, around) };
  const services = readServices(outline.services ?? [], outline.defaults, site, context);
  const isMailed = [...contacts.values()].some(({ rule }) => rule.channels.some((channel) => channel.kind === 'email'));
  const lacksSender = isMailed && isMap(data.mail) && !Object.hasOwn(data.mail, 'from');
  noteLaterKeys(data, context);
  noteMissing(outline, data, isMailed, context);
  const mail = readMail(outline.mail, { hostname: around.hostname, lacksSender }, context);
  return {
    rules: {
      ...settingsOf(outline, around, contacts, context),
      ...sectionsOf(outline, around, context),
      contacts: rulesOf(contacts),
      services: services.rules,
    },
    checks: services.checks,
    remedies: services.remedies,
    mail,
    ways: waysOf(contacts, [{ ...outline, contacts: [] }, mail]),
    web: webOf(outline.web),
    watchdog: outline.watchdog ?? null,
  };
}

function settingsOf(outline: Outline, around: Surroundings, contacts: ReadonlyMap<string, Contact>, context: Context) {
  const { admin, web, keep } = outline;
  if (admin !== undefined) checkName('contact or rota', admin, context.names.people, ['admin'], context);
  return defined({
    site: outline.site ?? around.hostname,
    timezone: timezoneOf(outline, around),
    language: outline.language,
    admin: admin ?? contacts.keys().next().value,
    startupGraceMs: outline.startup_grace,
    groupWaitMs: outline.mail.group_wait,
    url: typeof web === 'object' ? web.url : undefined,
    keep: defined({ incidentsMs: keep.incidents, namesMs: keep.names }),
  });
}

function sectionsOf(outline: Outline, around: Surroundings, context: Context) {
  const escalation = readEscalation(outline.escalation ?? {}, context);
  return {
    hours: readHours(outline.hours ?? {}, context),
    rota: readRota(outline.rota ?? {}, context),
    escalation,
    priorities: readPriorities(outline.priorities ?? {}, escalation, context),
    maintenance: readMaintenance(outline.maintenance ?? [], timezoneOf(outline, around), context),
  };
}

function timezoneOf(outline: Outline, around: Surroundings): string {
  return outline.timezone ?? around.timezone;
}

/** Each way keeps quiet about the secrets of all of them, and of `others`. */
function waysOf(contacts: ReadonlyMap<string, Contact>, others: readonly unknown[]): Ways {
  const options = [...contacts.values()].flatMap(({ reaches }) => [...reaches.values()].map((reach) => reach.options));
  const secrets = allRepeatable(secretsIn([...others, ...options]));
  const bound = [...contacts].map(([id, { reaches }]) => {
    const ways = [...reaches].map(([way, reach]) => [way, bindChannel(reach.channel, reach.options, secrets)] as const);
    return [id, new Map(ways)] as const;
  });
  return { byContact: new Map(bound), secrets };
}

function rulesOf(contacts: ReadonlyMap<string, Contact>): Rules['contacts'] {
  return Object.fromEntries([...contacts].map(([id, contact]) => [id, contact.rule]));
}

function webOf(web: Outline['web']): Assembled['web'] {
  if (web === 'off' || web === false) return null;
  return { listen: web.listen };
}

function noteMissing(outline: Outline, data: Readonly<Record<string, unknown>>, isMailed: boolean, context: Context): void {
  const isNobodyTold = !outline.contacts || Object.keys(outline.contacts).length === 0;
  if (isNobodyTold) context.note([], 'no contacts: nobody is told of anything');
  if (!outline.services || outline.services.length === 0) context.note([], 'no services: nothing is watched');
  if ((isMailed || isNobodyTold) && !outline.mail.servers?.length) {
    context.note(isMap(data.mail) ? ['mail'] : [], 'no mail servers: mails become .eml files in the state folder', 'key');
  }
}
