import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Act, DeliveryState } from '../../src/core/event.ts';
import type { RemedyRule, Rules } from '../../src/core/rules.ts';
import { step } from '../../src/core/step.ts';
import { recordToJson } from '../../src/store/record-schema.ts';
import { LooseDesk } from '../support/loose-desk.ts';
import { check, contact, rules, service } from '../support/rules.ts';
import { type Seen, seen } from '../support/seen.ts';
import { holds, survivesTheDisk } from './step-invariants.ts';

const minute = 60_000;
const start = Date.parse('2026-11-24T15:00:00Z');

/** Configurations between which an office changes: services, checks, people and policies come and go. */
const offices: readonly Rules[] = [
  rules({
    services: [
      service('Website', { impact: 'high', checks: [check('Website'), check('Website', { target: 'login', part: true })] }),
      service('Files', { impact: 'low', checks: [check('Files', { failureThreshold: 1, successThreshold: 1 })] }),
    ],
    contacts: [contact('anna'), contact('ben', { hours: 'office' }), contact('boss')],
  }),
  rules({
    services: [service('Website', { impact: 'low', notify: ['boss', 'anna'], checks: [check('Website')] })],
    contacts: [contact('anne', { channels: [{ id: 'm', kind: 'email', address: 'anna@office.example' }] }), contact('boss')],
    maintenance: [{ key: 'daily', services: 'all', schedule: '0 22 * * *', durationMs: 45 * minute }],
    priorities: { P2: { startLevel: 2 } },
  }),
  rules({
    services: [service('Website', { checks: [check('Website'), check('Website', { target: 'login' })] }), service('Mail')],
    escalation: {
      urgent: [{ notify: ['boss'], afterMs: 0, repeatMs: 10 * minute }],
      default: [{ notify: ['nobody'], afterMs: 0 }],
    },
    priorities: { P1: { startLevel: 1, escalation: 'urgent' } },
  }),
  rules({
    services: [
      service('Website', { impact: 'low' }),
      service('Mail', { dependsOn: ['Website'], impact: 'high', remedies: [remedy('Mail/remedy restart', 'any')] }),
      service('Files', {
        dependsOn: ['Mail'],
        checks: [check('Files', { failureThreshold: 1 }), check('Files', { target: 'b' })],
      }),
      service('Disk', { dependsOn: ['Website', 'Mail'], checks: [check('Disk', { local: true, independent: true })] }),
    ],
  }),
];

function remedy(key: string, when: RemedyRule['when']): RemedyRule {
  return { key, when, label: 'restart', atMost: { times: 2, perMs: 60 * minute }, waitMs: 30_000, first: true };
}

type Command =
  | { readonly do: 'look'; readonly check: number; readonly sees: Seen; readonly times: number }
  | { readonly do: 'come-and-go'; readonly check: number; readonly sees: Seen; readonly times: number }
  | { readonly do: 'pass' | 'sleep' | 'set-clock' | 'restart' | 'reboot'; readonly ms: number }
  | { readonly do: 'act'; readonly act: Act; readonly by: string }
  | { readonly do: 'deliver'; readonly outcome: DeliveryState | 'lost' }
  | { readonly do: 'answer'; readonly code: 'timeout' | 'port-closed' | 'local-network' | null }
  | { readonly do: 'repair'; readonly outcome: 'ok' | 'failed' | 'lost' }
  | { readonly do: 'reload'; readonly office: number }
  | { readonly do: 'archive' };

const lengths = fc.oneof(fc.integer({ min: 1, max: 3 * minute }), fc.integer({ min: minute, max: 30 * 3_600_000 }));
const ids = fc.constantFrom('1', '2', '3', 'INC-2026-0001', '99');
const people = fc.constantFrom('anna', 'ben', 'carla@office.example', 'somebody');
const named = fc.constantFrom('Website', 'Files', 'Mail', 'constructor');

const act: fc.Arbitrary<Act> = fc.oneof(
  ids.map((id): Act => ({ act: 'acknowledge', id })),
  fc.tuple(ids, lengths).map(([id, forMs]): Act => ({ act: 'acknowledge', id, forMs })),
  ids.map((id): Act => ({ act: 'release', id })),
  fc.tuple(ids, people).map(([id, contact]): Act => ({ act: 'assign', id, contact })),
  ids.map((id): Act => ({ act: 'note', id, text: 'note' })),
  ids.map((id): Act => ({ act: 'resolve', id, cause: 'cable', fix: 'plugged in' })),
  fc.tuple(ids, fc.boolean()).map(([id, force]): Act => ({ act: 'close', id, force })),
  named.map((service): Act => ({ act: 'report', text: 'odd', service })),
  fc.constant<Act>({ act: 'report', text: 'odd', severity: 'minor' }),
  fc.tuple(named, lengths).map(([service, durationMs]): Act => ({ act: 'start-maintenance', services: [service], durationMs })),
  fc.constantFrom<Act>({ act: 'end-maintenance', services: 'all' }, { act: 'end-maintenance', services: ['Website'] }),
);

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('look' as const),
      check: fc.nat(4),
      sees: fc.constantFrom<Seen>('.', 'x', '!', '#', '?'),
      times: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('come-and-go' as const),
      check: fc.nat(4),
      sees: fc.constantFrom<Seen>('x', '!'),
      times: fc.integer({ min: 2, max: 8 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: lengths }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('sleep' as const, 'restart' as const, 'reboot' as const), ms: lengths }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('set-clock' as const),
      ms: fc.integer({ min: -40 * 3_600_000, max: 40 * 3_600_000 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('act' as const), act, by: people }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      outcome: fc.constantFrom(
        'sent' as const,
        'sent' as const,
        'retry' as const,
        'refused' as const,
        'uncertain' as const,
        'lost' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const), office: fc.nat(3) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      code: fc.constantFrom('timeout' as const, 'port-closed' as const, 'local-network' as const, null),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('repair' as const),
      outcome: fc.constantFrom('ok' as const, 'failed' as const, 'lost' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Command>({ do: 'archive' }) },
);

function run(desk: LooseDesk, one: Command): void {
  if (one.do === 'look') look(desk, one);
  else if (one.do === 'come-and-go') comeAndGo(desk, one);
  else if (one.do === 'pass') desk.pass(one.ms);
  else if (one.do === 'sleep') desk.sleep(one.ms);
  else if (one.do === 'set-clock') desk.setClock(one.ms);
  else if (one.do === 'restart' || one.do === 'reboot') desk.restart(one.ms, one.do === 'reboot');
  else if (one.do === 'act') desk.act(one.act, one.by);
  else if (one.do === 'deliver') desk.deliver(() => one.outcome);
  else if (one.do === 'answer') desk.answer(one.code);
  else if (one.do === 'repair') desk.repair(one.outcome);
  else if (one.do === 'reload') desk.reload(offices[one.office]!);
  else desk.archive();
}

function look(desk: LooseDesk, { check: index, sees, times }: Extract<Command, { do: 'look' }>): void {
  const rule = desk.checks[index % desk.checks.length];
  for (let time = 0; rule !== undefined && time < times; time += 1) {
    desk.look(rule, seen[sees]);
    desk.pass(30_000);
  }
}

function comeAndGo(desk: LooseDesk, { check, sees, times }: Extract<Command, { do: 'come-and-go' }>): void {
  for (let time = 0; time < times; time += 1) {
    look(desk, { do: 'look', check, sees, times: 1 });
    look(desk, { do: 'look', check, sees: '.', times: 1 });
  }
}

/** Everything is up, everything is accepted, everybody has acted, and a month passes. */
function calmDown(desk: LooseDesk): void {
  desk.act({ act: 'end-maintenance', services: 'all' }, 'anna');
  const lengthsMs = [...Array.from({ length: 40 }, () => minute), ...Array.from({ length: 120 }, () => 6 * 3_600_000)];
  for (const lengthMs of lengthsMs) {
    desk.passWell(lengthMs, seen['.']);
    for (let mails = 0; mails < 20; mails += 1) desk.deliver(() => 'sent');
    desk.archive();
  }
}

const commands = fc.array(command, { minLength: 1, maxLength: 120, size: 'max' });
/** `FUZZ_RUNS=2000` looks longer, and stops at the first failure instead of making it smaller. */
const wanted = process.env.FUZZ_RUNS;
const runs = { numRuns: Number(wanted ?? 40), endOnFailure: wanted !== undefined };
const timeout = wanted === undefined ? 20_000 : 600_000;

test('whatever happens in whatever order, what must hold holds after every step', { timeout }, () => {
  fc.assert(
    fc.property(commands, fc.nat(3), (list, office) => {
      const desk = new LooseDesk(offices[office]!, start, holds);
      for (const one of list) run(desk, one);

      survivesTheDisk(desk.record);
      expect([...desk.record.outbox.values()].filter(({ reason }) => reason === 'event-skipped')).toEqual([]);
    }),
    runs,
  );
});

test('in the end everything is closed, told and in the history', { timeout }, () => {
  fc.assert(
    fc.property(commands, fc.constantFrom(0, 3), (list, office) => {
      const desk = new LooseDesk(offices[office]!, start);
      for (const one of list) run(desk, one);

      calmDown(desk);

      const { incidents, outbox, held, explained, dismissed, paced, collectUntil, maintenance } = desk.record;
      expect([...incidents.values()].map(({ id, status, kind }) => `${id} ${kind} ${status}`)).toEqual([]);
      expect([...outbox.values()].filter(({ incidents: about }) => about.length > 0)).toEqual([]);
      expect([held, explained, dismissed, paced, collectUntil, maintenance].map(({ size }) => size)).toEqual([0, 0, 0, 0, 0, 0]);
    }),
    { ...runs, numRuns: Math.ceil(runs.numRuns / 4) },
  );
});

test('the same record, event, time and rules give the same answer, and the record given stays as it was', { timeout }, () => {
  fc.assert(
    fc.property(commands, fc.constantFrom(0, 3), (list, office) => {
      const desk = new LooseDesk(offices[office]!, start, (before, after, event, { now, rules: inForce }) => {
        const again = step(before, event, now, inForce).record;
        expect(recordToJson(again)).toBe(recordToJson(after));
      });
      for (const one of list) run(desk, one);
    }),
    { ...runs, numRuns: Math.ceil(runs.numRuns / 4) },
  );
});
