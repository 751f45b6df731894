/** What a valid configuration does not cover. */
import { channels } from '../channels/registry.ts';
import type { Configuration } from '../config/configuration.ts';
import { callEvents, contactsOf, levelsOf, takes } from '../core/people.ts';
import { type ChannelRule, type Priority, type Rules, type ServiceRule, selfService } from '../core/rules.ts';
import { placeOf, placeOfUrl } from './place.ts';
import { unheard } from './unheard.ts';
import { prioritiesOf } from './validate-words.ts';

type Covered = Pick<Configuration, 'rules' | 'mail'>;

/** One sentence each; `now` (epoch ms) is where the week begins that is looked at. */
export function holesOf(configuration: Covered, now: number): readonly string[] {
  const { rules } = configuration;
  if (Object.keys(rules.contacts).length === 0) return [];
  const services = Object.values(rules.services).filter(({ id }) => id !== selfService);
  return [
    ...unheard(services, rules, now),
    ...neverCalled(rules),
    ...noWayOut(configuration, services),
    ...explainedAway(services, rules),
  ];
}

/** Whoever is called to no incident is told of none: what comes later goes to those who have been told. */
function neverCalled({ contacts }: Rules): readonly string[] {
  return Object.values(contacts)
    .filter(
      ({ channels: ways }) =>
        !ways.some(({ events }) => events === undefined || callEvents.some((kind) => events.includes(kind))),
    )
    .map(
      ({ id }) =>
        `${id} is never told of an incident: what follows an opening goes to those who were told of it; add opened to events:`,
    );
}

/** Mail servers and web addresses need the line of the office; a program, or an address in the house, may have a way of its own. */
function noWayOut({ rules, mail }: Covered, services: readonly ServiceRule[]): readonly string[] {
  const all = Object.values(rules.contacts).flatMap((contact) => contact.channels);
  const leaving = all.filter(({ kind }) => kind !== 'email' || mail.servers.length > 0);
  if (leaving.length === 0) return [];
  const watching = services.filter(isOutside);
  const isTold = (service: ServiceRule) => isToldBesides(service, rules);
  if (watching.length === 0 ? services.some(isTold) : watching.every(isTold)) return [];
  const unused = [...new Set(all.filter(hasOwnLine).map(({ kind }) => kind))];
  const about = watching.length === 0 ? 'a P1 or P2' : `${watching.map(({ name }) => name).join(', ')} as a P1 or P2`;
  const why = unused.length === 0 ? '' : ` (by ${unused.join(' or ')} no level is told of ${about})`;
  return [
    `when the line of the office is down no message leaves it${why}: they wait until it is back; have the line watched from outside`,
  ];
}

/** Whether one of the worst incidents of a service is told to somebody by a way that does not need the office's line. */
function isToldBesides(service: ServiceRule, rules: Rules): boolean {
  return prioritiesOf(service)
    .filter(({ priority }) => isUrgent(priority))
    .some(({ priority }) => {
      const words = levelsOf({ service: service.id, priority }, rules).flatMap(({ notify }) => notify);
      const ways = contactsOf(words, { service: service.id }, rules).flatMap((id) => rules.contacts[id]?.channels ?? []);
      return ways.some((way) => hasOwnLine(way) && ['opened', 'escalated'].some((kind) => takes(way, priority, kind)));
    });
}

function isUrgent(priority: Priority): boolean {
  return priority === 'P1' || priority === 'P2';
}

function hasOwnLine({ kind, address }: ChannelRule): boolean {
  return channels.some((channel) => channel.kind === kind && channel.ownLine) || placeOfUrl(address) === 'inside';
}

/** Services in the house that depend on one outside: while the line is down, their own failures are explained away. */
function explainedAway(services: readonly ServiceRule[], rules: Rules): readonly string[] {
  const inside = services.filter(({ checks }) => checks.some((check) => placeOf(check) === 'inside'));
  const pairs = inside.flatMap((service) =>
    service.dependsOn.filter((id) => isOutside(rules.services[id])).map((id) => ({ id, name: service.name })),
  );
  return [...Map.groupBy(pairs, ({ id }) => id)].map(([id, of]) => {
    const names = of.map(({ name }) => name).join(', ');
    const outside = `${rules.services[id]?.name ?? id}, which is outside`;
    return of.length === 1
      ? `${names} is in the house and depends on ${outside}: a failure of its own is not told while that is down; depends_on: [] opts out`
      : `${names} are in the house and depend on ${outside}: failures of their own are not told while that is down; depends_on: [] opts out`;
  });
}

function isOutside(service: ServiceRule | undefined): boolean {
  const checks = service?.checks ?? [];
  return checks.length > 0 && checks.every((check) => placeOf(check) === 'outside');
}
