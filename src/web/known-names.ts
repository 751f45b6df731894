import type { Act } from '../core/event.ts';
import type { LiveRecord } from '../core/record.ts';
import type { Rules } from '../core/rules.ts';

/** The act with services and contacts by their ids, where a person wrote a name or another case. What is not known stays as it is. */
export function withKnownNames(act: Act, rules: Rules): Act {
  switch (act.act) {
    case 'assign':
      return { ...act, contact: contactId(act.contact, rules) };
    case 'report':
      return act.service === undefined ? act : { ...act, service: serviceId(act.service, rules) };
    case 'beat':
      return { ...act, service: serviceId(act.service, rules) };
    case 'start-maintenance':
    case 'end-maintenance':
      return act.services === 'all' ? act : { ...act, services: act.services.map((service) => serviceId(service, rules)) };
    case 'acknowledge':
    case 'release':
    case 'note':
    case 'resolve':
    case 'close':
      return act;
    default:
      return act satisfies never;
  }
}

/** A service whose window somebody wants to end, and which neither the rules nor any window knows. */
export function strangerIn(act: Act, rules: Rules, record: LiveRecord): string | undefined {
  if (act.act !== 'end-maintenance' || act.services === 'all') return undefined;
  const inWindows = [...record.maintenance.values()].flatMap(({ services }) => (services === 'all' ? [] : services));
  return act.services.find((service) => !Object.hasOwn(rules.services, service) && !inWindows.includes(service));
}

/** The id of the service that is called so. */
export function serviceId(name: string, rules: Pick<Rules, 'services'>): string {
  if (Object.hasOwn(rules.services, name)) return name;
  const wanted = name.trim().toLowerCase();
  const called = Object.values(rules.services).filter(({ id, name: own }) =>
    [id, own].some((one) => one.toLowerCase() === wanted),
  );
  return called.length === 1 ? (called[0]?.id ?? name) : name;
}

/** The id of the contact that is called so: who acts under it is told about the end of what was taken. */
export function contactId(name: string, rules: Pick<Rules, 'contacts'>): string {
  if (Object.hasOwn(rules.contacts, name)) return name;
  const wanted = name.trim().toLowerCase();
  return Object.keys(rules.contacts).find((id) => id.toLowerCase() === wanted) ?? name;
}
