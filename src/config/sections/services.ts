/** `services:` — what the office depends on. */
import { z } from 'zod';
import { categories, impacts, type Runbook, type ServiceRule, selfService } from '../../core/rules.ts';
import { defined } from '../defined.ts';
import { type Context, checkName, checkPeople } from '../names.ts';
import type { Path } from '../problem.ts';
import { name } from '../scalars/numbers.ts';
import { either, oneOrMore, text } from '../scalars/scalar.ts';
import { checkPolicy } from './escalation.ts';
import { paceShape } from './pace.ts';
import { remediesSchema } from './remedies.ts';
import { readRunbook, runbookSchema } from './runbook.ts';

const dependsOn = either('a service, a list of services, or []', [z.array(text()).max(50), text()]).transform((value) =>
  Array.isArray(value) ? value : [value],
);

/** One value for one or for all services. */
export const dependsOnSchema = dependsOn.optional();

const facts = {
  name: name().describe('As people know it.'),
  id: name().optional().describe('Its identity over renames; default the name.'),
  host: text(255).optional().describe('For checks that name no target.'),
  impact: z
    .enum(impacts)
    .default('medium')
    .describe('How much the office is hurt without it: with the severity it makes the priority.'),
  category: z.enum(categories).optional().describe('Category of its incidents where neither cause nor check tells it.'),
  owner: text().optional().describe('Who cares for it: a contact or rota.'),
  notify: oneOrMore(text(), 'a contact, a rota, owner or admin').optional().describe('Told at once, instead of the first level.'),
  escalation: text().optional().meta({ usual: 'default' }).describe('Name of the escalation policy.'),
  depends_on: dependsOnSchema.describe('Services without which it cannot work; replaces that of defaults.'),
  cost_per_hour: z.number().min(0).max(1e9).optional().describe('What an hour without it costs, for reports.'),
  runbook: runbookSchema.optional().describe('What to do when it fails: text, a link, or a file, for the first mail.'),
};

/** What the reference and editors say of services. */
export const servicesSection = {
  description: 'What the office depends on, and the checks that watch it.',
  about: `A service has at most one outage at a time, whichever of its checks are down. Its \`id\`, by default its name, is its identity: one that is
renamed keeps its history when \`id\` holds the old name. Every key of [defaults](#defaults) may stand here too, for the checks of this service.

**A service that depends on others** opens no incident of its own while one of these is down, however far away: it is named as affected in
theirs. Five minutes after they are back it gets its own if it still fails.

**Remedies** are tried one after the other, first each once in the order of the list. They start when an incident opens, beside the first
mail; none while somebody has taken it or in maintenance. Whether one has helped is for the checks to say. A program gets the incident as
JSON on standard input (as in \`incidents --json\`) and INCIDENTD_ID, INCIDENTD_SERVICE, INCIDENTD_CHECK, INCIDENTD_CAUSE,
INCIDENTD_PRIORITY, INCIDENTD_STATUS (\`down\` or \`degraded\`), INCIDENTD_REMEDY and INCIDENTD_RUN in an environment that is otherwise
clean; exit status 0 means done. It has 2 minutes, and whatever is left of it in its process group is ended with it: start services through
their manager, such as \`systemctl\`. The first 4 KiB of its output are kept. A webhook gets \`{event: "remedy", reason, subject, text,
incident}\` by POST, the cause as \`reason\`; X-Incidentd-Id is the key of the run; any 2xx means done, redirects are not followed.

**A runbook** is a text, a link, or \`{ file: path }\`, relative to the YAML file that names it and read again when it changes. In it, a line
such as \`when: port-closed, timeout\` begins a part for these causes only, up to the next such line; what stands before the first, and
behind \`when: any\`, is for everybody.`,
  sample: `services:
  - name: Website
    impact: high
    owner: anna
    checks:
      - http: https://www.kanzlei.example/login
        expect: { status: 200, body: Anmelden }
    runbook: |
      1. Is the provider's status page green?
      2. ssh web1, systemctl status nginx
      when: tls-expired, tls-untrusted
      certbot renew, then look at https://www.kanzlei.example
    remedies:
      - when: port-closed
        run: [systemctl, restart, nginx]
        at_most: 2 per 1h
      - when: [http-status, timeout]
        webhook: { url: https://panel.example/reboot/web1, secret: !file panel.secret }
        first: true
  - { name: Router, impact: high, check: ping://192.168.178.1, failure_threshold: 6 }`,
} as const;

/** A service with its checks left as they are written. */
export const serviceShape = {
  ...facts,
  ...paceShape,
  remedies: remediesSchema.optional().describe('What may be tried, in this order.'),
};
export const serviceSchema = z.strictObject({ ...serviceShape, check: z.unknown().optional(), checks: z.unknown().optional() });

export type WrittenService = z.output<typeof serviceSchema>;

export function idOf(service: WrittenService): string {
  return service.id ?? service.name;
}

/** Names that a service refers to, and its own. */
export function checkServiceNames(
  service: WrittenService,
  raw: Readonly<Record<string, unknown>>,
  path: Path,
  context: Context,
): void {
  const id = idOf(service);
  const at = [...path, service.id === undefined ? 'name' : 'id'];
  if (id === selfService)
    context.problem(at, `"${selfService}" is the built-in service that stands for this daemon; choose another name`);
  if (id === 'all') context.problem(at, '"all" means every service; choose another name');
  if (service.owner !== undefined) checkName('contact or rota', service.owner, context.names.people, [...path, 'owner'], context);
  checkPeople(service.notify, raw.notify, [...path, 'notify'], context);
  checkPolicy(service.escalation, [...path, 'escalation'], context);
}

/** The rule of a service, still without its checks, its remedies, its runbook and what it depends on. */
export function serviceRule(service: WrittenService): ServiceRule {
  return defined({
    id: idOf(service),
    name: service.name,
    impact: service.impact,
    category: service.category,
    owner: service.owner,
    notify: service.notify && [...new Set(service.notify)],
    escalation: service.escalation,
    dependsOn: [],
    costPerHour: service.cost_per_hour,
    checks: [],
    remedies: [],
  });
}

/** Its runbook, with what is wrong in it told as notes; undefined where it has none. */
export function runbookOf({ runbook }: WrittenService, path: Path, context: Context): Runbook | undefined {
  if (typeof runbook !== 'string') return undefined;
  const read = readRunbook(runbook);
  for (const message of read.unknown) context.note([...path, 'runbook'], message);
  return read.runbook;
}

/** The built-in service that stands for this daemon: it has no checks, its incidents go to the admin. */
export const builtInService: ServiceRule = {
  id: selfService,
  name: selfService,
  impact: 'medium',
  category: 'monitoring',
  notify: ['admin'],
  dependsOn: [],
  checks: [],
  remedies: [],
};
