/** Incidents of which somebody should hear at once, and nobody does at some hour. */
import { nextOutside, nextWithin } from '../core/calendar/hours.ts';
import { dayMs, instantAt, localAt, midnightOf } from '../core/calendar/zone.ts';
import { contactsOf, isReachable, levelsOf, takes } from '../core/people.ts';
import type { Hours, Priority, Rules, ServiceRule } from '../core/rules.ts';
import { dateTimeText } from '../texts/times.ts';
import { prioritiesOf } from './validate-words.ts';

const week = 7;

/** One sentence for each way in which a P1 or P2 goes unheard, with the services concerned; `now` is where the week begins. */
export function unheard(services: readonly ServiceRule[], rules: Rules, now: number): readonly string[] {
  const instants = instantsOfWeek(rules, now);
  const found = services.flatMap((service) =>
    prioritiesOf(service)
      .filter(({ priority }) => priority === 'P1' || priority === 'P2')
      .flatMap(({ priority }) => {
        const text = unheardText({ service, priority, rules }, instants);
        return text === null ? [] : [{ service: service.name, text }];
      }),
  );
  return [...Map.groupBy(found, ({ text }) => text)].map(
    ([text, of]) => `${[...new Set(of.map(({ service }) => service))].join(', ')}: ${text}`,
  );
}

interface Case {
  readonly service: ServiceRule;
  readonly priority: Priority;
  readonly rules: Rules;
}

/** When what matters can change within the week: where hours begin or end, and at midnight. */
function instantsOfWeek(rules: Rules, now: number): readonly number[] {
  const used = new Set(Object.values(rules.contacts).flatMap(({ hours }) => rules.hours[hours ?? ''] ?? []));
  const today = midnightOf(localAt(now, rules.timezone));
  const midnights = Array.from({ length: week }, (_, day) => instantAt(today + (day + 1) * dayMs, rules.timezone));
  const changes = [...used].flatMap((hours) => changesOf(hours, rules.timezone, now));
  return [...new Set([now, ...midnights, ...changes])].toSorted((a, b) => a - b);
}

function changesOf(hours: Hours, timezone: string, now: number): readonly number[] {
  const changes: number[] = [];
  for (let at: number | null = now; at !== null && at < now + week * dayMs; ) {
    const outside = nextOutside(hours, at, timezone);
    if (outside !== null) changes.push(outside);
    at = outside === null ? null : nextWithin(hours, outside, timezone);
    if (at !== null) changes.push(at);
  }
  return changes;
}

function unheardText(concerned: Case, instants: readonly number[]): string | null {
  const silent = instants.filter((at) => !isHeard(concerned, at));
  const [first] = silent;
  if (first === undefined) return null;
  const { priority, service, rules } = concerned;
  const admins = contactsOf(['admin'], { service: service.id }, rules).filter((id) => hears(id, 'opened', concerned));
  const nobody = `a ${priority} reaches nobody`;
  const but = admins.length === 0 ? '' : `, but the admin (${admins.join(', ')}), who is told when nobody else can be`;
  if (silent.length === instants.length) {
    return `${nobody} at any hour${but}: no level names somebody who can be told; name one, or widen their only: and events:`;
  }
  const example = dateTimeText(first, rules.timezone, 'en');
  return `${nobody} at some hours, such as ${example}${but}: everybody named has hours; name somebody without`;
}

/** Whether somebody of the levels hears of it: the first level that has somebody who takes it is told of its opening, later ones that it was passed on. */
function isHeard(concerned: Case, at: number): boolean {
  const { service, priority, rules } = concerned;
  const nobodyRefused: ReadonlyMap<string, number> = new Map();
  const levels = levelsOf({ service: service.id, priority }, rules);
  return levels.some(({ notify }, index) => {
    const kinds = index === 0 ? (['opened'] as const) : (['opened', 'escalated'] as const);
    const people = contactsOf(notify, { service: service.id }, rules);
    return people.some((id) => isReachable(id, priority, rules, nobodyRefused, at, kinds));
  });
}

function hears(contact: string, kind: 'opened' | 'escalated', { rules, priority }: Case): boolean {
  return rules.contacts[contact]?.channels.some((channel) => takes(channel, priority, kind)) ?? false;
}
