/** What a valid configuration does not cover. */
import { BlockList, isIP } from 'node:net';
import { channels } from '../channels/registry.ts';
import type { Configuration } from '../config/configuration.ts';
import { contactsOf, isReachable, levelsOf } from '../core/people.ts';
import { type Priority, type Rules, type ServiceRule, selfService } from '../core/rules.ts';
import { dateTimeText } from '../texts/times.ts';
import { prioritiesOf } from './validate-words.ts';

const hourMs = 3_600_000;
const hoursOfWeek = 7 * 24;

type Covered = Pick<Configuration, 'rules' | 'mail'>;

/** One sentence each; `now` (epoch ms) is where the week begins that is looked at. */
export function holesOf(configuration: Covered, now: number): readonly string[] {
  const { rules } = configuration;
  if (Object.keys(rules.contacts).length === 0) return [];
  const services = Object.values(rules.services).filter(({ id }) => id !== selfService);
  return [
    ...unheard(services, rules, now),
    ...noWayOut(configuration),
    ...services.flatMap((service) => publicDependencies(service, rules)),
  ];
}

/** Services whose P1 or P2 reaches nobody at some hour. */
function unheard(services: readonly ServiceRule[], rules: Rules, now: number): readonly string[] {
  const found = services.flatMap((service) =>
    prioritiesOf(service)
      .filter(({ priority }) => priority === 'P1' || priority === 'P2')
      .flatMap(({ priority }) => {
        const when = unheardWhen(service, priority, rules, now);
        return when === null ? [] : [{ service: service.name, text: `a ${priority} reaches nobody ${when}` }];
      }),
  );
  return [...Map.groupBy(found, ({ text }) => text)].map(
    ([text, of]) => `${[...new Set(of.map(({ service }) => service))].join(', ')}: ${text}`,
  );
}

function unheardWhen(service: ServiceRule, priority: Priority, rules: Rules, now: number): string | null {
  const words = levelsOf({ service: service.id, priority }, rules).flatMap(({ notify }) => notify);
  const people = contactsOf(words, { service: service.id }, rules);
  const nobody: ReadonlyMap<string, number> = new Map();
  const hours = Array.from({ length: hoursOfWeek }, (_, hour) => Math.floor(now / hourMs) * hourMs + hour * hourMs);
  const silent = hours.filter((at) => !people.some((id) => isReachable(id, priority, rules, nobody, at)));
  if (silent.length === 0) return null;
  if (silent.length === hours.length) return 'at any hour: no level names somebody who can be told';
  const example = dateTimeText(silent[0] ?? now, rules.timezone, 'en');
  return `at some hours, such as ${example}: everybody named has hours; name somebody without`;
}

/** Mail servers and web addresses need the line of the office; a program may have a way of its own. */
function noWayOut({ rules, mail }: Covered): readonly string[] {
  const used = new Set(Object.values(rules.contacts).flatMap(({ channels: own }) => own.map(({ kind }) => kind)));
  const ways = channels.filter(({ kind }) => used.has(kind) && (kind !== 'email' || mail.servers.length > 0));
  if (ways.length === 0 || ways.some(({ ownLine }) => ownLine)) return [];
  return [
    'when the line of the office is down no message leaves it: they wait until it is back; have the line watched from outside',
  ];
}

const privateAddresses = new BlockList();
for (const [net, bits] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['127.0.0.0', 8],
] as const) {
  privateAddresses.addSubnet(net, bits, 'ipv4');
}
for (const [net, bits] of [
  ['fc00::', 7],
  ['fe80::', 10],
  ['::1', 128],
] as const)
  privateAddresses.addSubnet(net, bits, 'ipv6');

/** A service in the house that depends on one outside: when the line is down, its own failures are explained away. */
function publicDependencies(service: ServiceRule, rules: Rules): readonly string[] {
  if (!service.checks.some(({ target }) => reach(target) === 'private')) return [];
  const outside = service.dependsOn.filter((id) => {
    const checks = rules.services[id]?.checks ?? [];
    return checks.length > 0 && checks.every(({ target }) => reach(target) === 'public');
  });
  return outside.map(
    (id) =>
      `${service.name} is in the house and depends on ${id}, which is outside: a failure of its own is not told while that is down; depends_on: [] opts out`,
  );
}

/** Where a check's target lies, as far as its address says. */
function reach(target: string): 'private' | 'public' | 'unknown' {
  const host = (URL.parse(target)?.hostname || target.replace(/:\d+$/, '')).replace(/^\[|\]$/g, '');
  const family = isIP(host);
  if (family === 0) return 'unknown';
  return privateAddresses.check(host, family === 6 ? 'ipv6' : 'ipv4') ? 'private' : 'public';
}
