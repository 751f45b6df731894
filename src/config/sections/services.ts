/** `services:` — what the office depends on. */
import { z } from 'zod';
import { causeCodes } from '../../core/observation.ts';
import { categories, impacts, type RemedyRule, type ServiceRule, selfService } from '../../core/rules.ts';
import { parseDuration } from '../../lib/duration.ts';
import type { BoundRemedy } from '../../remedies/run-remedy.ts';
import { defined } from '../defined.ts';
import { type Context, checkName, checkPeople } from '../names.ts';
import type { Path } from '../problem.ts';
import { duration, name } from '../scalars/numbers.ts';
import { either, oneOrMore, scalar, text } from '../scalars/scalar.ts';
import { checkPolicy } from './escalation.ts';
import { paceShape } from './pace.ts';

const atMost = scalar<RemedyRule['atMost']>({ type: 'rate', words: 'a limit such as 2 per 1h' }, (typed) => {
  const match = /^(\d{1,3})\s+per\s+(\S+)$/.exec(typed.trim());
  const times = Number(match?.[1]);
  const perMs = parseDuration(match?.[2] ?? '');
  return match && times > 0 && perMs !== null && perMs >= 60_000 ? { value: { times, perMs } } : null;
});

const causes = either('a cause such as port-closed, a list of causes, or any', [
  z.literal('any'),
  oneOrMore(z.enum(causeCodes), 'a cause such as port-closed'),
]);

const remedySchema = z.strictObject({
  when: causes.describe('Causes for which it is run, or any.'),
  run: z.array(z.string().min(1).max(2000)).min(1).max(100).describe('Program and arguments, run without a shell; no secrets.'),
  at_most: atMost.prefault('2 per 1h').describe('How often in which time it may be run.'),
  wait: duration('0s', '10m').prefault('30s').describe('Time that it is given to help before the checks decide.'),
  first: z
    .boolean()
    .default(false)
    .describe('`true`: people are told only when it has not helped, at most 2m later, never for a P1.'),
});

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
  runbook: text(20_000).optional().describe('What to do when it fails: text or a link, for the first mail.'),
};

/** What the reference and editors say of services. */
export const servicesSection = {
  description: 'What the office depends on, and the checks that watch it.',
  about: `A service has at most one outage at a time, whichever of its checks are down. Its \`id\`, by default its name, is its identity: one that is
renamed keeps its history when \`id\` holds the old name. Every key of [defaults](#defaults) may stand here too, for the checks of this service.`,
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
  - { name: Router, impact: high, check: ping://192.168.178.1, failure_threshold: 6 }`,
} as const;

/** A service with its checks left as they are written. */
export const serviceShape = {
  ...facts,
  ...paceShape,
  remedies: z.array(remedySchema).max(50).optional().describe('What may be tried.'),
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

/** The rule of a service, still without its checks and what it depends on. */
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
    runbook: service.runbook === undefined ? undefined : { text: service.runbook.trim(), sections: [] },
    checks: [],
    remedies: (service.remedies ?? []).map((remedy) => remedyRule(idOf(service), remedy)),
  });
}

/** What its remedies do, by their keys. */
export function boundRemedies(service: WrittenService): readonly (readonly [string, BoundRemedy])[] {
  return (service.remedies ?? []).map((remedy) => [remedyRule(idOf(service), remedy).key, { run: remedy.run }]);
}

function remedyRule(service: string, remedy: z.output<typeof remedySchema>): RemedyRule {
  const label = remedy.run.join(' ');
  return {
    key: `${service}/remedy ${label}`,
    when: remedy.when,
    label,
    atMost: remedy.at_most,
    waitMs: remedy.wait,
    first: remedy.first,
  };
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
