/** `escalation:`, `priorities:` and `rota:` — who is told when. */
import { z } from 'zod';
import { type Level, type Priority, type PriorityRule, priorities } from '../../core/rules.ts';
import { formatDuration } from '../../lib/duration.ts';
import { defined } from '../defined.ts';
import { type Context, checkName, checkPeople, isMap } from '../names.ts';
import { parseSection } from '../parse-section.ts';
import type { Path } from '../problem.ts';
import { count, duration, nameProblem } from '../scalars/numbers.ts';
import { oneOrMore, text } from '../scalars/scalar.ts';
import { found } from '../words.ts';

const levelSchema = z.strictObject({
  notify: oneOrMore(text(), 'a contact, a rota, owner or admin').describe('Who is told: contacts, rotas, owner, admin.'),
  after: duration('0s', '30d').optional().describe('How long after the opening; the first level: at once.'),
  repeat: duration('1m', '30d').optional().describe('Reminds this often, at most 12 times.'),
});

const levels = z.array(levelSchema).min(1).max(50);
export const escalationSection = z.record(z.string(), levels).meta({
  description: 'Who is told, and after which time when nobody takes the incident; policies by name.',
  about: `The policy \`default\` is used where nothing else is named; without being written it tells the owner (else the admin) at once and the
admin after 30m. \`after\` counts from the opening and rises from level to level. P1 and P2 run through all levels at any hour, P3 has its
later levels in office hours, P4 and P5 have the first level only, as a digest in office hours.`,
  sample: `escalation:
  default:
    - notify: owner
    - notify: [anna, it]
      after: 15m
    - notify: boss
      after: 1h
      repeat: 1h`,
});
const coarseLevels = z
  .array(z.unknown(), { error: (issue) => `expected a list of levels, found ${found(issue.input)}` })
  .min(1, 'the policy has no levels; write at least one, such as - notify: owner')
  .max(50);

const builtIn: readonly Level[] = [
  { notify: ['owner'], afterMs: 0 },
  { notify: ['admin'], afterMs: 30 * 60_000 },
];

/** All policies by name; `default` is there without being written. */
export function readEscalation(
  section: Readonly<Record<string, unknown>>,
  context: Context,
): Readonly<Record<string, readonly Level[]>> {
  const policies = new Map<string, readonly Level[]>([['default', builtIn]]);
  for (const [name, raw] of Object.entries(section)) {
    const path = ['escalation', name];
    const wrongName = nameProblem(name);
    if (wrongName) context.problem(path, wrongName, 'key');
    const list = parseSection(coarseLevels, raw, path, context);
    if (list !== undefined) policies.set(name, readLevels(list, path, context));
  }
  return Object.fromEntries(policies);
}

function readLevels(list: readonly unknown[], path: Path, context: Context): readonly Level[] {
  const read: Level[] = [];
  for (const [index, raw] of list.entries()) {
    const levelPath = [...path, index];
    const value = parseSection(levelSchema, raw, levelPath, context);
    if (value === undefined) continue;
    checkPeople(value.notify, isMap(raw) ? raw.notify : undefined, [...levelPath, 'notify'], context);
    const previous = read.at(-1)?.afterMs;
    const wrong = orderProblem(value.after, index, previous, isMap(raw) && raw.after !== undefined);
    if (wrong && value.after === undefined) context.lacking([...levelPath, 'after'], wrong);
    else if (wrong) context.problem([...levelPath, 'after'], wrong);
    const afterMs = value.after ?? previous ?? 0;
    read.push(defined({ notify: [...new Set(value.notify)], afterMs, repeatMs: value.repeat }));
  }
  return read;
}

/** `written` but not understood has been told already. */
function orderProblem(after: number | undefined, index: number, previous: number | undefined, written: boolean): string | null {
  if (index === 0) return null;
  if (after === undefined)
    return written ? null : `level ${index + 1} needs "after", counted from the opening, such as after: 15m`;
  if (previous === undefined || after > previous) return null;
  return `"after" must rise from level to level: ${formatDuration(after) || '0s'} is not after ${formatDuration(previous) || '0s'}`;
}

const priorityRuleSchema = z.strictObject({
  escalation: text().optional().describe('Policy of incidents of this priority.'),
  start_level: count(1, 50).default(1).describe('The level that is told at once.'),
  respond_within: duration('1m', '90d').optional().describe('Target for an acknowledgement; recorded and reported.'),
  resolve_within: duration('1m', '90d').optional().describe('Target for the end; recorded and reported.'),
});
export const prioritiesSection = z.partialRecord(z.enum(priorities), priorityRuleSchema).meta({
  description: 'What differs for incidents of one priority, P1 to P5.',
  about: `The priority comes from the severity of the failure and the \`impact\` of the service: a service of high impact that is down is a P1.`,
  sample: `priorities:
  P1: { escalation: default, start_level: 2, respond_within: 15m, resolve_within: 4h }`,
});

export function readPriorities(
  section: Readonly<Record<string, unknown>>,
  policies: Readonly<Record<string, readonly Level[]>>,
  context: Context,
): Partial<Record<Priority, PriorityRule>> {
  const rules: Partial<Record<Priority, PriorityRule>> = {};
  for (const priority of priorities) {
    const path = ['priorities', priority];
    if (section[priority] === undefined) continue;
    const value = parseSection(priorityRuleSchema, section[priority], path, context);
    if (value === undefined) continue;
    checkPolicy(value.escalation, [...path, 'escalation'], context);
    const startLevel = value.start_level;
    const most = policies[value.escalation ?? 'default']?.length ?? startLevel;
    if (startLevel > most)
      context.lacking([...path, 'start_level'], `the policy has ${most} levels; start_level is at most ${most}`);
    rules[priority] = defined({
      startLevel,
      escalation: value.escalation,
      respondWithinMs: value.respond_within,
      resolveWithinMs: value.resolve_within,
    });
  }
  return rules;
}

export function checkPolicy(name: string | undefined, path: Path, context: Context): void {
  if (name !== undefined) checkName('escalation policy', name, context.names.policies, path, context);
}
