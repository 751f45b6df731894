import { certificateWords } from '../config/certificates.ts';
import { type Configuration, loadConfiguration } from '../config/configuration.ts';
import { formatProblem, type Problem } from '../config/problem.ts';
import {
  type ChannelRule,
  type CheckRule,
  type ContactRule,
  type Impact,
  type Rules,
  type ServiceRule,
  selfService,
} from '../core/rules.ts';
import { holesOf } from './holes.ts';
import { secretPlaces } from './secret-places.ts';
import { paceWords, prioritiesOf, tellings, tellingWords, timingOf, timingWords } from './validate-words.ts';
import { checkLabel } from './views/check-label.ts';
import { labelled } from './views/layout.ts';
import type { World } from './world.ts';

export interface Validation {
  readonly ok: boolean;
  /** What the configuration means. */
  readonly lines: readonly string[];
  /** Every mistake as `file:line:col: message`, then how many there are. */
  readonly errors: readonly string[];
  readonly json: unknown;
}

/** Checks a configuration: what is wrong with it, or what it means. */
export async function validation(path: string, world: World): Promise<Validation> {
  const loaded = await loadConfiguration(path, secretPlaces(world.env));
  if (!loaded.ok) return rejected(path, loaded.problems);
  const { configuration } = loaded;
  const warnings = holesOf(configuration, world.now());
  return {
    ok: true,
    lines: meaning(path, configuration, warnings, world.columns),
    errors: [],
    json: {
      ok: true,
      file: path,
      services: servicesOf(configuration.rules).map((one) => serviceJson(one, configuration)),
      people: Object.values(configuration.rules.contacts).map(personJson),
      notes: configuration.notes,
      warnings,
    },
  };
}

function rejected(path: string, problems: readonly Problem[]): Validation {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return {
    ok: false,
    lines: [],
    errors: [...problems.map(formatProblem), `${path} is not valid: ${count}`],
    json: { ok: false, file: path, problems },
  };
}

function meaning(path: string, configuration: Configuration, warnings: readonly string[], width: number): readonly string[] {
  const { rules, checks, notes } = configuration;
  const services = servicesOf(rules);
  return [
    `${path} is valid: ${counted(services.length, 'service')}, ${counted(checks.size, 'check')}, ${counted(Object.keys(rules.contacts).length, 'contact')}`,
    ...services.flatMap((service) => ['', ...serviceLines(service, configuration, width)]),
    ...section('People', Object.values(rules.contacts).map(personText), width),
    ...section('Notes', notes.map(formatProblem), width),
    ...section('Not covered', warnings, width),
  ];
}

function serviceLines(service: ServiceRule, { rules, checks }: Configuration, width: number): readonly string[] {
  const { name, impact, dependsOn, owner } = service;
  const about = [
    `impact ${impact}`,
    owner === undefined ? '' : `owner ${owner}`,
    dependsOn.length === 0 ? '' : `depends on ${dependsOn.join(', ')}`,
  ];
  return [
    ...labelled(`${name}: `, about.filter((part) => part !== '').join('; '), width),
    ...service.checks.flatMap((rule) => checkLines(rule, impact, checks, width)),
    ...prioritiesOf(service).flatMap(({ priority, when }) =>
      labelled(`  ${priority} when ${when}: `, tellingWords(service, priority, rules), width),
    ),
  ];
}

function checkLines(rule: CheckRule, impact: Impact, bound: Configuration['checks'], width: number): readonly string[] {
  const pace = rule.seenBy === undefined ? paceWords(rule) : 'seen by the looks above';
  const lines = [pace, timingWords(rule, impact), ...limitsOf(rule, bound)];
  return [
    ...labelled('  ', checkLabel({ ...rule, name: nameOf(rule) }), width),
    ...lines.flatMap((line) => labelled('    ', line, width)),
  ];
}

function limitsOf({ key, seenBy }: CheckRule, bound: Configuration['checks']): readonly string[] {
  return bound.get(key)?.thresholds ?? (seenBy === undefined ? [] : certificateWords);
}

/** `anna: email anna@b.example; command send-sms (P1; opened, escalated)` */
function personText({ id, channels, hours, away, outside }: ContactRule): string {
  const about = [
    ...channels.map(channelText),
    hours === undefined ? '' : `hours ${hours}`,
    away.length === 0 ? '' : `away ${away.map(({ from, to }) => (from === to ? from : `${from} to ${to}`)).join(', ')}`,
    outside ? 'outside the house' : '',
  ];
  return `${id}: ${about.filter((part) => part !== '').join('; ')}`;
}

function channelText({ kind, address, only, events }: ChannelRule): string {
  const filters = [only, events].filter((filter) => filter !== undefined).map((filter) => filter.join(', '));
  return `${kind} ${address}${filters.length === 0 ? '' : ` (${filters.join('; ')})`}`;
}

function personJson({ id, language, channels, hours, away, outside }: ContactRule) {
  return {
    id,
    language,
    channels: channels.map((channel) => ({ ...channel, only: channel.only ?? null, events: channel.events ?? null })),
    hours: hours ?? null,
    away,
    outside,
  };
}

function section(title: string, lines: readonly string[], width: number): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.flatMap((line) => labelled('  ', line, width))];
}

function serviceJson(service: ServiceRule, { rules, checks }: Configuration) {
  return {
    id: service.id,
    name: service.name,
    impact: service.impact,
    dependsOn: service.dependsOn,
    checks: service.checks.map((rule) => ({
      name: nameOf(rule),
      kind: rule.kind,
      target: rule.target,
      thresholds: limitsOf(rule, checks),
      ...timingOf(rule),
    })),
    told: prioritiesOf(service).map(({ priority, when }) => ({ priority, when, levels: tellings(service, priority, rules) })),
  };
}

function servicesOf(rules: Rules): readonly ServiceRule[] {
  return Object.values(rules.services).filter(({ id }) => id !== selfService);
}

function nameOf({ key, service }: { readonly key: string; readonly service: string }): string {
  return key.slice(service.length + 1);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
