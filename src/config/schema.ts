/** The whole configuration: every key with what it accepts. */
import { z } from 'zod';
import type { Channel } from '../channels/contract.ts';
import { languages } from '../core/rules.ts';
import { listenAddress, secretWebUrl, webUrl } from './scalars/addresses.ts';
import { duration } from './scalars/numbers.ts';
import { either, oneOrMore, text } from './scalars/scalar.ts';
import { timezone } from './scalars/times.ts';
import { contactSchema, contactsSection } from './sections/contacts.ts';
import { escalationSection, prioritiesSection } from './sections/escalation.ts';
import { hoursSection } from './sections/hours.ts';
import { mailSection } from './sections/mail.ts';
import { maintenanceSection } from './sections/maintenance.ts';
import { paceShape } from './sections/pace.ts';
import { rotaSection } from './sections/rota.ts';
import { dependsOnSchema, servicesSection } from './sections/services.ts';

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
  web: web.prefault({}).meta({
    description: 'Web pages and API; `web: off` turns them off.',
    sample: `web:
  listen: 127.0.0.1:8080
  url: https://monitor.kanzlei.example`,
  }),
  mail: mailSection.prefault({}),
  defaults: defaultsSchema.prefault({}).meta({
    description: 'How often checks look and what confirms a failure: for every check.',
    about: `Each of these keys may also stand at a service, for its checks, and all but \`depends_on\` at a check: the nearest one wins. How long it
takes from a failure to the first mail follows from them; \`incidentd validate\` says it for every check.`,
    sample: `defaults:
  interval: 60s
  failure_threshold: 3
  depends_on: Router`,
  }),
  watchdog: watchdog.optional().meta({
    description: 'A service outside that notices when this daemon falls silent.',
    sample: `watchdog:
  url: https://hc-ping.com/2f1c6a5e-0000-0000-0000-000000000000`,
  }),
  keep: keep.prefault({}).meta({
    description: 'How long records are kept.',
    sample: 'keep: { incidents: 3y, names: 1y }',
  }),
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
export function wholeSchema(service: z.ZodType, channels: readonly Channel[]) {
  const { mail, defaults, web: pages, watchdog: outside, keep: record, ...site } = settings;
  return z.strictObject({
    ...site,
    contacts: z.record(z.string(), contactSchema(channels)).meta(contactsSection).optional(),
    hours: hoursSection.optional(),
    rota: rotaSection.optional(),
    escalation: escalationSection.optional(),
    priorities: prioritiesSection.optional(),
    mail,
    defaults,
    services: z.array(service).meta(servicesSection).optional(),
    maintenance: maintenanceSection.optional(),
    web: pages,
    watchdog: outside,
    keep: record,
  });
}
