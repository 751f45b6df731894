import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Act } from '../../src/core/event.ts';
import type { LiveRecord } from '../../src/core/record.ts';
import type { RemedyRun, RemedyState } from '../../src/core/remedy.ts';
import type { RemedyRule } from '../../src/core/rules.ts';
import { LooseDesk } from '../support/loose-desk.ts';
import { check, rules, service } from '../support/rules.ts';
import { type Seen, seen } from '../support/seen.ts';

const minute = 60_000;
const start = Date.parse('2026-11-24T15:00:00Z');

function remedy(label: string, times: number, changes: Partial<RemedyRule> = {}): RemedyRule {
  const atMost = { times, perMs: 60 * minute };
  return { key: `Website/remedy ${label}`, label, when: 'any', atMost, waitMs: minute, first: false, ...changes };
}

const remedies = [remedy('restart', 2), remedy('reboot', 1, { first: true, waitMs: 0 }), remedy('clean', 3, { when: ['slow'] })];
const office = rules({
  services: [service('Website', { remedies, checks: [check('Website'), check('Website', { target: 'login' })] })],
});

/** What a run may become; what has a result keeps it. */
const next: Readonly<Record<RemedyState, readonly RemedyState[]>> = {
  requested: ['running', 'withdrawn'],
  running: ['waiting', 'failed', 'uncertain', 'helped', 'no-effect'],
  waiting: ['helped', 'no-effect', 'uncertain'],
  helped: [],
  'no-effect': [],
  failed: [],
  uncertain: [],
  withdrawn: [],
};

function runsOf({ incidents }: LiveRecord): RemedyRun[] {
  return [...incidents.values()].flatMap((incident) => incident.remedies);
}

function eachRunGoesOn(before: LiveRecord, after: LiveRecord): void {
  const known = new Map(runsOf(before).map((run) => [run.key, run]));
  const all = runsOf(after);
  expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
  for (const { key, state } of all) {
    const was = known.get(key);
    if (was !== undefined && was.state !== state) expect(next[was.state], `${key} was ${was.state}`).toContain(state);
  }
}

type Command =
  | { readonly do: 'look'; readonly check: number; readonly sees: Seen; readonly times: number }
  | { readonly do: 'pass' | 'restart'; readonly ms: number }
  | { readonly do: 'repair'; readonly outcome: 'ok' | 'failed' | 'lost' }
  | { readonly do: 'act'; readonly act: Act };

const id = '1';
const acts = fc.constantFrom<Act>(
  { act: 'acknowledge', id },
  { act: 'release', id },
  { act: 'resolve', id, fix: 'plugged in' },
  { act: 'close', id, force: true },
  { act: 'start-maintenance', services: 'all', durationMs: 10 * minute },
);
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('look' as const),
      check: fc.nat(1),
      sees: fc.constantFrom<Seen>('.', 'x', 'x', '!', '?'),
      times: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 20 * minute }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), ms: fc.integer({ min: 1, max: 5 * minute }) }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('repair' as const), outcome: fc.constantFrom('ok', 'ok', 'failed', 'lost') }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('act' as const), act: acts }) },
);

function perform(desk: LooseDesk, one: Command): void {
  if (one.do === 'look') look(desk, one);
  else if (one.do === 'repair') desk.repair(one.outcome);
  else if (one.do === 'act') desk.act(one.act, 'anna');
  else if (one.do === 'pass') desk.pass(one.ms);
  else desk.restart(one.ms);
}

function look(desk: LooseDesk, { check: index, sees, times }: Extract<Command, { do: 'look' }>): void {
  const rule = desk.checks[index];
  for (let time = 0; rule !== undefined && time < times; time += 1) {
    desk.look(rule, seen[sees]);
    desk.pass(30_000);
  }
}

test('whatever happens, a run is started once, comes to one result, and no budget is overdrawn', () => {
  fc.assert(
    fc.property(fc.array(command, { minLength: 1, maxLength: 100, size: 'max' }), (commands) => {
      const starts = new Map<string, number[]>();
      const started = new Set<string>();
      const desk = new LooseDesk(office, start, (before, after) => {
        eachRunGoesOn(before, after);
        const running = new Set(runsOf(before).flatMap(({ key, state }) => (state === 'running' ? [key] : [])));
        for (const { key, remedy: of, state } of runsOf(after)) {
          if (state !== 'running' || running.has(key)) continue;
          expect(started.has(key), `${key} was started before`).toBe(false);
          started.add(key);
          starts.set(of, [...(starts.get(of) ?? []), desk.now.wall]);
        }
      });

      for (const one of commands) perform(desk, one);

      for (const { key, atMost } of remedies) {
        const times = starts.get(key) ?? [];
        const overdrawn = times.filter(
          (at, index) => at - (times[index - atMost.times] ?? Number.NEGATIVE_INFINITY) < atMost.perMs,
        );
        expect(overdrawn, key).toEqual([]);
      }
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 40) },
  );
}, 600_000);
