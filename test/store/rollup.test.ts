import { expect, test } from 'vitest';
import type { Look } from '../../src/store/history-types.ts';
import { createCollector } from '../../src/store/rollup.ts';

const minute = 60_000;

function look(at: number, changes: Partial<Look> = {}): Look {
  return {
    check: 'Web/http',
    at,
    seen: 'up',
    message: 'HTTP 200',
    measures: [{ name: 'time', unit: 'ms', value: at / minute }],
    ...changes,
  };
}

test('the first result of a check and each different one is a change', () => {
  const collector = createCollector();

  const seen = (['up', 'up', 'down', 'down', 'unknown', 'up'] as const).flatMap((grade, index) =>
    collector.add(look(index * 1000, { seen: grade, message: grade })),
  );

  expect(seen.map((note) => note.type === 'change' && [note.change.at, note.change.seen])).toEqual([
    [0, 'up'],
    [2000, 'down'],
    [4000, 'unknown'],
    [5000, 'up'],
  ]);
});

test('five minutes become one row when the next five begin', () => {
  const collector = createCollector();
  for (const at of [0, 1, 2, 3, 4]) collector.add(look(at * minute, { seen: at === 3 ? 'down' : 'up' }));

  const notes = collector.add(look(5 * minute));

  expect(notes).toEqual([
    {
      type: 'rollup',
      rollup: {
        check: 'Web/http',
        at: 0,
        counts: { up: 4, minor: 0, major: 0, down: 1, unknown: 0 },
        measures: [{ name: 'time', unit: 'ms', count: 5, sum: 10, min: 0, max: 4 }],
      },
    },
  ]);
});

test('the rows of all checks are ready when any check begins new five minutes', () => {
  const collector = createCollector();
  collector.add(look(0, { check: 'a' }));
  collector.add(look(1, { check: 'b' }));

  const notes = collector.add(look(5 * minute, { check: 'a' }));

  expect(notes.map((note) => note.type === 'rollup' && note.rollup.check)).toEqual(['a', 'b']);
});

test('what is not a number is not measured', () => {
  const collector = createCollector();
  collector.add(look(0, { measures: [{ name: 'loss', unit: 'share', value: Number.NaN }] }));

  expect(collector.finish()).toMatchObject([{ rollup: { measures: [] } }]);
  expect(collector.finish()).toEqual([]);
});
