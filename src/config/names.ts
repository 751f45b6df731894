/** Names that one section defines and others refer to. */
import { isSecret } from '../lib/secret.ts';
import type { Findings } from './parse-section.ts';
import type { Part, Path } from './problem.ts';
import { hint } from './suggest.ts';
import { found } from './words.ts';

/** Every name that can be referred to, also where its own definition is wrong. */
export interface Names {
  readonly contacts: ReadonlySet<string>;
  /** Contacts and rotas. */
  readonly people: ReadonlySet<string>;
  readonly hours: ReadonlySet<string>;
  readonly policies: ReadonlySet<string>;
  /** Service ids by what a service may be called: its id and its name. */
  readonly services: ReadonlyMap<string, string>;
}

/** Where findings go and which names exist: what every section is given. */
export interface Context extends Findings {
  readonly names: Names;
  /** `file:line:col` of a path, to name a second place in a message. */
  where(path: Path, part?: Part): string;
}

/** Words that stand for a person, usable where a contact is. */
export const roles = ['owner', 'admin'] as const;

export function collectNames(data: Readonly<Record<string, unknown>>): Names {
  const keys = (section: string) => (isMap(data[section]) ? Object.keys(data[section]) : []);
  return {
    contacts: new Set(keys('contacts')),
    people: new Set([...keys('contacts'), ...keys('rota')]),
    hours: new Set(['office', ...keys('hours')]),
    policies: new Set(['default', ...keys('escalation')]),
    services: serviceNames(data.services),
  };
}

function serviceNames(services: unknown): ReadonlyMap<string, string> {
  const list = Array.isArray(services) ? services.filter(isMap) : [];
  const ids = list.map((service) => ({ id: textOf(service.id) ?? textOf(service.name), name: textOf(service.name) }));
  const byName = ids.flatMap(({ id, name }) => (id === null || name === null ? [] : [[name, id] as const]));
  return new Map([...byName, ...ids.flatMap(({ id }) => (id === null ? [] : [[id, id] as const]))]);
}

function textOf(value: unknown): string | null {
  if (isSecret(value)) return value.reveal();
  return typeof value === 'string' ? value : null;
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isSecret(value);
}

/** A set of names, or a map by name. */
type Known = Pick<ReadonlySet<string>, 'has' | 'keys'>;

/** Tells a name that nobody has. `words` are names beside the known ones, such as roles. */
export function checkName(
  kind: string,
  name: string,
  known: Known,
  path: Path,
  findings: Findings,
  words: readonly string[] = [],
): void {
  if (known.has(name) || words.includes(name)) return;
  const names = [...known.keys(), ...words];
  const none = names.length === 0 ? '; none is defined' : '';
  findings.lacking(path, `there is no ${kind} ${found(name)}${hint(name, names, 'known')}${none}`);
}

/** Checks each of the people that a `notify` names. A value that is a list is told by its index. */
export function checkPeople(people: readonly string[] | undefined, raw: unknown, path: Path, context: Context): void {
  for (const [index, person] of (people ?? []).entries()) {
    checkName('contact or rota', person, context.names.people, Array.isArray(raw) ? [...path, index] : path, context, roles);
  }
}

/** Checks a name that an `hours`, `watch` or the like refers to. */
export function checkHours(name: string | undefined, path: Path, context: Context): void {
  if (name !== undefined) checkName('entry of hours:', name, context.names.hours, path, context);
}
