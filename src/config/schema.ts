/** The whole configuration: every key with what it accepts. */
import { z } from 'zod';
import { languages } from '../core/rules.ts';
import { listenAddress, secretWebUrl, webUrl } from './scalars/addresses.ts';
import { duration } from './scalars/numbers.ts';
import { either, oneOrMore, text } from './scalars/scalar.ts';
import { timezone } from './scalars/times.ts';
import { contactSchema } from './sections/contacts.ts';
import { escalationSchema, prioritiesSchema } from './sections/escalation.ts';
import { hoursSchema } from './sections/hours.ts';
import { mailSchema } from './sections/mail.ts';
import { maintenanceSchema } from './sections/maintenance.ts';
import { paceShape } from './sections/pace.ts';
import { rotaSchema } from './sections/rota.ts';
import { dependsOnSchema } from './sections/services.ts';

const web = either('off, or a map with listen and url', [
  z.literal(['off', false]),
  z.strictObject({
    listen: listenAddress().prefault('127.0.0.1:8080').describe('Where the pages and the API are served.'),
    url: webUrl().optional().describe('Where people reach the pages, for links in mails.'),
  }),
]);

const watchdog = z.strictObject({
  url: secretWebUrl('https://hc-ping.com/…').describe('Called only while this daemon probes, stores and delivers.'),
});

const keep = z.strictObject({
  incidents: duration('30d', '100y').optional().describe('How long closed incidents are kept; default for ever.'),
  names: duration('1d', '100y').optional().describe('After this time the names of persons become roles; default never.'),
});

export const defaultsSchema = z.strictObject({
  ...paceShape,
  depends_on: dependsOnSchema.describe('Not for the named services themselves, what they depend on, or checks of this machine.'),
});
export type Defaults = z.output<typeof defaultsSchema>;

/** Keys that hold one thing. */
const settings = {
  site: text().optional().describe('Name of the office, in mails and on pages; default the name of this machine.'),
  timezone: timezone().optional().describe('IANA name such as Europe/Berlin; default that of this machine.'),
  language: z.enum(languages).default('en').describe('Language of mails and pages; a contact may have another.'),
  include: oneOrMore(text(1000), 'a path such as services.d/*.yaml').optional().describe('Further files, relative to this one.'),
  admin: text().optional().describe('Who is told about incidentd itself; default the first contact.'),
  startup_grace: duration('0s', '1h')
    .prefault('3m')
    .describe('After a boot of this machine, failures of what was up before it wait this long to be told.'),
  web: web.prefault({}).describe('Web pages and API; off turns them off.'),
  mail: mailSchema.prefault({}).describe('How mails are sent and fetched.'),
  defaults: defaultsSchema.prefault({}).describe('For every check; services and checks may say otherwise.'),
  watchdog: watchdog.optional().describe('A service outside that notices when this daemon is silent.'),
  keep: keep.prefault({}).describe('How long records are kept.'),
};

const unread = z.unknown().optional();
const unreadMap = z.record(z.string(), z.unknown()).optional();

/** Settings in full, sections as they are written: their entries are read one by one, so that one mistake hides no other. */
export const outlineSchema = z.strictObject({
  ...settings,
  hours: unreadMap,
  contacts: unreadMap,
  rota: unreadMap,
  escalation: unreadMap,
  priorities: z.strictObject({ P1: unread, P2: unread, P3: unread, P4: unread, P5: unread }).optional(),
  services: z.array(z.unknown()).max(20_000).optional(),
  maintenance: z.array(z.unknown()).max(5000).optional(),
});
export type Outline = z.output<typeof outlineSchema>;

/** Everything in full; `service` is the form of one service, which depends on the check kinds there are. */
export function wholeSchema(service: z.ZodType) {
  return z.strictObject({
    ...settings,
    hours: z.record(z.string(), hoursSchema).optional().describe('Opening hours by name; office is there without being written.'),
    contacts: z.record(z.string(), contactSchema).optional().describe('People and how to reach them.'),
    rota: z.record(z.string(), rotaSchema).optional().describe('People who take turns, usable wherever a contact is.'),
    escalation: escalationSchema.optional().describe('Policies: who is told how long after the opening.'),
    priorities: prioritiesSchema.optional().describe('Policy, first level and targets by priority.'),
    services: z.array(service).optional().describe('What the office depends on.'),
    maintenance: z.array(maintenanceSchema).optional().describe('Planned windows, in which failures are only recorded.'),
  });
}
