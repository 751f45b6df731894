/** `rota:` — people who take turns. */
import { z } from 'zod';
import { minuteOfDay, weekday } from '../../core/calendar/week-words.ts';
import type { RotaRule } from '../../core/rules.ts';
import { type Context, checkName, isMap, roles } from '../names.ts';
import { parseSection } from '../parse-section.ts';
import type { Path } from '../problem.ts';
import { nameProblem } from '../scalars/numbers.ts';
import { oneOrMore, scalar, text } from '../scalars/scalar.ts';

type Handover = RotaRule['handover'];

const handover = scalar<Handover>(
  { type: 'weekday and time', words: 'a handover such as Mon 08:00, or 08:00 for a daily turn' },
  (typed) => {
    const match = /^(?:([A-Za-z]+)\s+)?(\d{1,2}:\d\d)$/.exec(typed.trim());
    const minute = minuteOfDay(match?.[2] ?? '');
    const day = match?.[1] === undefined ? undefined : weekday(match[1]);
    if (minute === null || minute === 1440 || day === null) return null;
    return { value: day === undefined ? { minute } : { weekday: day, minute } };
  },
);

const rotaSchema = z.strictObject({
  turn: z.enum(['daily', 'weekly']).default('weekly').describe('How often the turn changes.'),
  handover: handover
    .optional()
    .describe('When it changes, such as Mon 08:00, or 08:00 for a daily turn; default Mon 08:00, or 08:00.'),
  members: oneOrMore(text(), 'a contact').describe('Contacts in the order of their turns.'),
});

export const rotaSection = z.record(z.string(), rotaSchema).meta({
  description: 'People who take turns; a rota may be named wherever a contact may.',
  sample: `rota:
  it: { turn: weekly, handover: Mon 08:00, members: [anna, ben] }`,
});

export function readRota(section: Readonly<Record<string, unknown>>, context: Context): Readonly<Record<string, RotaRule>> {
  const rota = new Map<string, RotaRule>();
  for (const [name, raw] of Object.entries(section)) {
    const path = ['rota', name];
    const wrongName = rotaNameProblem(name, context);
    if (wrongName) context.problem(path, wrongName, 'key');
    const value = parseSection(rotaSchema, raw, path, context);
    if (value === undefined) continue;
    checkMembers(value.members, isMap(raw) ? raw.members : undefined, [...path, 'members'], context);
    const { turn } = value;
    const change = value.handover ?? { minute: 480 };
    if (turn === 'daily' && change.weekday !== undefined) {
      context.problem([...path, 'handover'], 'a daily turn changes at a time alone, such as 08:00');
    }
    rota.set(name, { turn, handover: turn === 'weekly' ? { weekday: 1, ...change } : change, members: value.members });
  }
  return Object.fromEntries(rota);
}

function rotaNameProblem(name: string, context: Context): string | null {
  if ((roles as readonly string[]).includes(name)) return `"${name}" is a word for a role; name the rota otherwise`;
  return context.names.contacts.has(name) ? `"${name}" is a contact already; name the rota otherwise` : nameProblem(name);
}

function checkMembers(members: readonly string[], raw: unknown, path: Path, context: Context): void {
  for (const [index, member] of members.entries()) {
    const at = Array.isArray(raw) ? [...path, index] : path;
    if (members.indexOf(member) < index) context.problem(at, `"${member}" is named twice`);
    else checkName('contact', member, context.names.contacts, at, context);
  }
}
