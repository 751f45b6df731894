/** All services with their checks and what they depend on. */
import type { CheckRule, ServiceRule } from '../core/rules.ts';
import type { Probe } from '../probes/contract.ts';
import type { BoundRemedy } from '../remedies/contract.ts';
import { type BoundCheck, bindCheck } from './bind.ts';
import { certificateChecks } from './certificates.ts';
import { defined } from './defined.ts';
import { circles, dependencies, resolveServices, underDefault } from './depends-on.ts';
import { type Context, isMap } from './names.ts';
import { parseSection } from './parse-section.ts';
import type { Path } from './problem.ts';
import type { Defaults } from './schema.ts';
import { checkPace } from './sections/pace.ts';
import { type Remedy, remediesOf } from './sections/remedies.ts';
import {
  builtInService,
  checkServiceNames,
  idOf,
  runbookOf,
  serviceRule,
  serviceSchema,
  type WrittenService,
} from './sections/services.ts';
import { found } from './words.ts';

export interface Services {
  /** By id, the built-in one among them. */
  readonly rules: Readonly<Record<string, ServiceRule>>;
  /** By key. */
  readonly checks: ReadonlyMap<string, BoundCheck>;
  /** By key. */
  readonly remedies: ReadonlyMap<string, BoundRemedy>;
}

interface Entry {
  readonly rule: ServiceRule;
  readonly path: Path;
  /** What it says of itself; undefined when it says nothing. */
  readonly dependsOn: readonly string[] | undefined;
  readonly checks: readonly BoundCheck[];
  readonly remedies: readonly Remedy[];
}

export function readServices(
  list: readonly unknown[],
  defaults: Defaults,
  site: Pick<Shared, 'probes' | 'timezone'>,
  context: Context,
): Services {
  const entries = new Map<string, Entry>();
  const checks = new Map<string, BoundCheck>();
  checkPace(defaults, ['defaults'], context);
  for (const [index, raw] of list.entries()) {
    const path = ['services', index];
    const written = parseSection(serviceSchema, raw, path, context);
    if (written === undefined || !isMap(raw)) continue;
    const earlier = entries.get(idOf(written));
    if (earlier) tellSameId(written, path, earlier.path, context);
    const entry = readService(written, raw, path, { defaults, ...site, checks: earlier ? new Map() : checks }, context);
    if (!earlier) entries.set(entry.rule.id, entry);
  }
  const services = [...entries.values()];
  const dependsOn = readDependencies(services, defaults, context);
  const rules = services.map((entry) => [entry.rule.id, dependent(entry, dependsOn.get(entry.rule.id) ?? [])] as const);
  for (const { checks: own } of rules.map(([, rule]) => rule)) for (const rule of own) keepRule(checks, rule);
  const remedies = new Map(services.flatMap((entry) => entry.remedies.map(({ rule, bound }) => [rule.key, bound] as const)));
  return { rules: Object.fromEntries([...rules, [builtInService.id, builtInService]]), checks, remedies };
}

/** With what it depends on; what it only inherits does not hold for its looks at this very machine. */
function dependent({ rule, dependsOn: written }: Entry, dependsOn: readonly string[]): ServiceRule {
  const inherits = written === undefined && dependsOn.length > 0;
  return { ...rule, dependsOn, ...(inherits ? { checks: rule.checks.map(underDefault) } : {}) };
}

/** The check that looks has the same rule as its service. */
function keepRule(checks: Map<string, BoundCheck>, rule: CheckRule): void {
  const bound = checks.get(rule.key);
  if (bound !== undefined) checks.set(rule.key, { ...bound, rule });
}

function tellSameId(service: WrittenService, path: Path, first: Path, context: Context): void {
  const key = service.id === undefined ? 'name' : 'id';
  const where = context.where(first);
  const message = `there is a service "${idOf(service)}" already (${where}); give one of them another ${key}`;
  if (service.id === undefined) context.lacking([...path, key], message);
  else context.problem([...path, key], message);
}

interface Shared {
  readonly defaults: Defaults;
  readonly probes: readonly Probe[];
  /** The site's. */
  readonly timezone: string;
  /** All checks so far, by key; grows. */
  readonly checks: Map<string, BoundCheck>;
}

function readService(
  written: WrittenService,
  raw: Readonly<Record<string, unknown>>,
  path: Path,
  shared: Shared,
  context: Context,
): Entry {
  checkServiceNames(written, raw, path, context);
  checkPace(written, path, context);
  const rule = serviceRule(written);
  const { probes, timezone } = shared;
  const host = { service: rule.id, host: written.host ?? null, paces: [shared.defaults, paceOf(written)], probes, timezone };
  const checks: BoundCheck[] = [];
  for (const one of writtenChecks(raw, path, context)) {
    const check = bindCheck(one.raw, host, one.path, context);
    if (check === null) continue;
    if (shared.checks.has(check.rule.key)) {
      context.problem(one.path, `the service has a check "${check.rule.key}" already; give one of them a name: of its own`);
      continue;
    }
    shared.checks.set(check.rule.key, check);
    checks.push(check);
  }
  const at = [...path, 'depends_on'];
  const dependsOn = written.depends_on && resolveServices(written.depends_on, raw.depends_on, at, context);
  const certificates = certificateChecks(checks);
  for (const certificate of certificates) {
    const first = shared.checks.get(certificate.seenBy?.[0] ?? '');
    if (first !== undefined) shared.checks.set(first.rule.key, { ...first, brings: certificate });
  }
  const remedies = remediesOf(rule.id, written.remedies ?? []);
  const whole = defined({
    ...rule,
    runbook: runbookOf(written, path, context),
    checks: [...checks.map((check) => check.rule), ...certificates],
    remedies: remedies.map((remedy) => remedy.rule),
  });
  return { rule: whole, path, dependsOn, checks, remedies };
}

function paceOf({ interval, schedule, timeout, retry_interval, failure_threshold, success_threshold, ...rest }: WrittenService) {
  const { confirm_for, reopen_within, watch } = rest;
  return { interval, schedule, timeout, retry_interval, failure_threshold, success_threshold, confirm_for, reopen_within, watch };
}

/** What stands behind `check:` or `checks:`, one by one. */
function writtenChecks(
  raw: Readonly<Record<string, unknown>>,
  path: Path,
  context: Context,
): readonly { raw: unknown; path: Path }[] {
  const { check, checks } = raw;
  if (check !== undefined && checks !== undefined) {
    context.problem([...path, 'check'], 'check and checks stand beside each other; write all of them in checks:', 'key');
  }
  if (Array.isArray(check)) context.problem([...path, 'check'], 'check: takes one check; write a list behind checks:', 'key');
  else if (check !== undefined) return [{ raw: check, path: [...path, 'check'] }];
  if (Array.isArray(checks)) return checks.map((one: unknown, index) => ({ raw: one, path: [...path, 'checks', index] }));
  if (checks !== undefined) context.problem([...path, 'checks'], `expected a list of checks, found ${found(checks)}`);
  else if (check === undefined) context.note(path, 'this service has no checks: only people can report that it fails');
  return [];
}

function readDependencies(
  services: readonly Entry[],
  defaults: Defaults,
  context: Context,
): ReadonlyMap<string, readonly string[]> {
  const written = new Map(services.flatMap(({ rule, dependsOn }) => (dependsOn ? [[rule.id, dependsOn] as const] : [])));
  for (const circle of circles(written)) {
    const first = services.find(({ rule }) => rule.id === circle[0]);
    const path = [...(first?.path ?? ['services']), 'depends_on'];
    context.problem(path, `services depend on each other in a circle: ${circle.join(' → ')}`);
  }
  const byDefault = resolveServices(defaults.depends_on ?? [], defaults.depends_on, ['defaults', 'depends_on'], context);
  return dependencies(
    services.map(({ rule }) => rule),
    written,
    byDefault,
  );
}
