/** `maintenance:` — planned windows. */
import { z } from 'zod';
import { instantAt } from '../../core/calendar/zone.ts';
import type { MaintenanceRule } from '../../core/rules.ts';
import { defined } from '../defined.ts';
import { type Context, checkName, isMap } from '../names.ts';
import { parseSection } from '../parse-section.ts';
import type { Path } from '../problem.ts';
import { duration } from '../scalars/numbers.ts';
import { oneOrMore, text } from '../scalars/scalar.ts';
import { cron, localTime } from '../scalars/times.ts';

const maintenanceSchema = z.strictObject({
  services: oneOrMore(text(), 'a service, or all').describe('The services that are worked on, or all.'),
  schedule: cron().optional().describe('When recurring windows start: a cron expression in the site time zone.'),
  duration: duration('1m', '31d').optional().describe('How long each recurring window lasts.'),
  from: localTime().optional().describe('Start of a single window, in the site time zone.'),
  to: localTime().optional().describe('End of a single window.'),
  reason: text(500).optional().describe('Why, for those who look.'),
});

export const maintenanceSection = z.array(maintenanceSchema).meta({
  description: 'Planned windows: failures are recorded in them and open no incident.',
  about: `A window is \`schedule\` with \`duration\`, or \`from\` with \`to\`. \`incidentd maintenance SERVICE 2h\` starts one without an entry here.`,
  sample: `maintenance:
  - { services: [Website], schedule: "0 3 * * SUN", duration: 2h, reason: Updates }
  - { services: all, from: 2026-12-24 12:00, to: 2026-12-24 18:00, reason: Power works }`,
});

type Maintenance = z.output<typeof maintenanceSchema>;

/** All windows; `key` stays the same over reloads as long as what is written stays the same. */
export function readMaintenance(list: readonly unknown[], timezone: string, context: Context): readonly MaintenanceRule[] {
  const rules: MaintenanceRule[] = [];
  for (const [index, raw] of list.entries()) {
    const path = ['maintenance', index];
    const value = parseSection(maintenanceSchema, raw, path, context);
    if (value === undefined || !isMap(raw)) continue;
    const services = servicesOf(value.services, raw.services, [...path, 'services'], context);
    const problem = timeProblem(value, raw);
    if (problem?.isMissing) context.lacking([...path, problem.key], problem.message);
    else if (problem) context.problem([...path, problem.key], problem.message);
    rules.push(ruleOf(value, services, timezone, rules));
  }
  return rules;
}

function servicesOf(names: readonly string[], raw: unknown, path: Path, context: Context): readonly string[] | 'all' {
  if (names.includes('all')) {
    if (names.length > 1) context.problem(path, '"all" stands alone');
    return 'all';
  }
  const ids = names.map((name, index) => {
    const at = Array.isArray(raw) ? [...path, index] : path;
    checkName('service', name, context.names.services, at, context, ['all']);
    return context.names.services.get(name) ?? name;
  });
  return [...new Set(ids)];
}

/** A window is `schedule` with `duration`, or `from` with `to`. */
function timeProblem(
  value: Maintenance,
  raw: Readonly<Record<string, unknown>>,
): { readonly key: string; readonly message: string; readonly isMissing?: true } | null {
  const has = (key: string) => raw[key] !== undefined;
  const recurring = has('schedule') || has('duration');
  const single = has('from') || has('to');
  if (recurring && single)
    return { key: has('from') ? 'from' : 'to', message: 'write schedule with duration, or from with to, not both' };
  if (!recurring && !single)
    return { key: 'services', message: 'says not when: write schedule with duration, or from with to', isMissing: true };
  const pair = recurring ? ['schedule', 'duration'] : ['from', 'to'];
  const missing = pair.find((key) => !has(key));
  if (missing) return { key: pair.find(has) ?? '', message: `the key "${missing}" is missing beside this one`, isMissing: true };
  if (!value.from || !value.to || Temporal.PlainDateTime.compare(value.from, value.to) < 0) return null;
  return { key: 'to', message: `the window ends before it starts (${raw.from} to ${raw.to})` };
}

function ruleOf(
  value: Maintenance,
  services: readonly string[] | 'all',
  timezone: string,
  earlier: readonly MaintenanceRule[],
): MaintenanceRule {
  const when = value.schedule === undefined ? `${value.from}/${value.to}` : `${value.schedule}/${value.duration}`;
  const key = `${when} ${services === 'all' ? 'all' : services.join(', ')}`;
  const same = earlier.filter((rule) => rule.key === key || rule.key.startsWith(`${key} #`)).length;
  return defined({
    key: same === 0 ? key : `${key} #${same + 1}`,
    services,
    reason: value.reason,
    from: value.from && instantOf(value.from, timezone),
    to: value.to && instantOf(value.to, timezone),
    schedule: value.schedule,
    durationMs: value.duration,
  });
}

function instantOf(time: Temporal.PlainDateTime, timezone: string): number {
  return instantAt(time.toZonedDateTime('UTC').epochMilliseconds, timezone);
}
