import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Transition } from '../../src/core/event.ts';
import { type Grade, grades, type Observation } from '../../src/core/observation.ts';
import { forgetSuspicion, freshCell, isPlain, isSoft, notice, observe, verifyAgain } from '../../src/core/observe.ts';
import type { Cell } from '../../src/core/record.ts';
import type { CheckRule } from '../../src/core/rules.ts';
import { check } from '../support/rules.ts';

const rule = check('Website');
const letters = { '.': 'up', '!': 'minor', '#': 'major', x: 'down', '?': null } as const;
type Letter = keyof typeof letters;

function observation(letter: Letter): Observation {
  const base = { message: letter, evidence: [], measures: [] };
  if (letter === '.') return { ...base, status: 'up', reason: 'ok' };
  if (letter === '?') return { ...base, status: 'unknown', reason: 'not-watched' };
  if (letter === 'x') return { ...base, status: 'down', reason: 'timeout' };
  if (letter === '!') return { ...base, status: 'degraded', reason: 'slow' };
  return { ...base, status: 'up', reason: 'ok', measures: [{ name: 'used', value: 0.97, unit: 'share' }] };
}

interface Played {
  readonly cell: Cell;
  readonly transitions: readonly Transition[];
}

/** Folds a script, one observation a minute from minute 1. */
function play(script: string, from: Cell = freshCell, by: CheckRule = rule, first = 1): Played {
  let cell = from;
  const transitions: Transition[] = [];
  for (const [index, letter] of [...script].entries()) {
    const observed = observe(cell, observation(letter as Letter), by, (first + index) * 60_000);
    cell = observed.cell;
    if (observed.transition !== undefined) transitions.push(observed.transition);
  }
  return { cell, transitions };
}

const types = ({ transitions }: Played) => transitions.map(({ type, to }) => (type === 'confirmed' ? `${type} ${to}` : type));

describe('a row of three bad and of two good', () => {
  test.each([
    ['xxx', 'down', ['suspected', 'row', 'confirmed down']],
    ['xx', null, ['suspected', 'row']],
    ['.xx', 'up', ['suspected', 'row']],
    ['.xx.xx.', 'up', ['suspected', 'row', 'row', 'row', 'row', 'row']],
    ['.x..', 'up', ['suspected', 'row', 'cleared']],
    ['x!x', 'minor', ['suspected', 'row', 'confirmed minor']],
    ['x#x', 'major', ['suspected', 'row', 'confirmed major']],
    ['!!!', 'minor', ['suspected', 'row', 'confirmed minor']],
    ['x??x?x', 'down', ['suspected', 'row', 'confirmed down']],
    ['xx?????', null, ['suspected', 'row']],
    ['xxx.', 'down', ['suspected', 'row', 'confirmed down', 'row']],
    ['xxx..', 'up', ['suspected', 'row', 'confirmed down', 'row', 'recovered']],
    ['xxx.?.', 'up', ['suspected', 'row', 'confirmed down', 'row', 'recovered']],
    ['xxx...', 'up', ['suspected', 'row', 'confirmed down', 'row', 'recovered', 'settled']],
    ['xxx.x..', 'up', ['suspected', 'row', 'confirmed down', 'row', 'row', 'row', 'recovered']],
    ['xxx!.', 'minor', ['suspected', 'row', 'confirmed down', 'row', 'confirmed minor']],
    ['!!!xxx', 'down', ['suspected', 'row', 'confirmed minor', 'suspected', 'row', 'confirmed down']],
    ['!!!xx!!', 'minor', ['suspected', 'row', 'confirmed minor', 'suspected', 'row', 'row', 'cleared']],
    ['!!!###', 'major', ['suspected', 'row', 'confirmed minor', 'suspected', 'row', 'confirmed major']],
  ])('%s is %s', (script, hard, expected) => {
    const played = play(script);

    expect(played.cell.hard).toBe(hard);
    expect(types(played)).toEqual(expected);
  });

  test('begins with the first bad observation of the row, and ends with the first good one', () => {
    const { transitions } = play('.x.xxx...');

    expect(transitions.find(({ type }) => type === 'confirmed')?.since).toBe(4 * 60_000);
    expect(transitions.find(({ type }) => type === 'recovered')?.since).toBe(7 * 60_000);
  });

  test('a suspicion that ends says since when it has been good', () => {
    const { transitions } = play('.x..');

    expect(transitions.find(({ type }) => type === 'cleared')?.since).toBe(3 * 60_000);
  });

  test('one observation is enough where the thresholds say so', () => {
    const quick = check('Website', { failureThreshold: 1, successThreshold: 1 });

    expect(types(play('.x.', freshCell, quick))).toEqual(['confirmed down', 'recovered']);
  });
});

describe('a failure known from before', () => {
  test.each([
    ['xxx', 'down', ['row', 'row', 'reconfirmed']],
    ['..', 'up', ['row', 'recovered']],
    ['x.x..', 'up', ['row', 'row', 'row', 'row', 'recovered']],
    ['!!', 'minor', ['row', 'confirmed minor']],
    ['??', 'down', []],
  ])('is confirmed once more, or not: %s', (script, hard, expected) => {
    const before = play('xxxx').cell;

    const played = play(script, verifyAgain(before), rule, 100);

    expect(played.cell.hard).toBe(hard);
    expect(types(played)).toEqual(expected);
  });

  test('keeps its row when it must be confirmed yet again: a crash loop confirms', () => {
    const once = play('x', verifyAgain(play('xxx').cell), rule, 10).cell;
    const twice = play('x', verifyAgain(once), rule, 20).cell;
    const played = play('x', verifyAgain(twice), rule, 30);

    expect(types(played)).toEqual(['reconfirmed']);
  });

  test('a suspicion is forgotten where its observations are too old', () => {
    const suspect = forgetSuspicion(play('.xx').cell);

    expect(types(play('x', suspect, rule, 100))).toEqual(['row']);
    expect(isSoft(suspect)).toBe(true);
  });
});

describe('a check that gives no results', () => {
  const long = 10 * 60_000;

  test.each([
    ['unknown for ten minutes', play('.???').cell, rule, 60_000 + long, true],
    ['unknown for less', play('.???').cell, rule, 60_000 + long - 1, false],
    ['never looked at', freshCell, rule, long, true],
    ['three intervals, where they are longer than ten minutes', freshCell, { ...rule, intervalMs: 3_600_000 }, long, false],
    ['a scheduled one, after two unknown results', play('.??').cell, { ...rule, schedule: '0 6 * * *' }, 1e9, false],
    ['a scheduled one, after three', play('.???').cell, { ...rule, schedule: '0 6 * * *' }, 1e9, true],
  ])('is told as not watched once: %s', (_, cell, by, at, expected) => {
    const noticed = notice(cell, by, 0, at);

    expect(noticed.transition?.type).toBe(expected ? 'unwatched' : undefined);
    expect(notice(noticed.cell, by, 0, at).transition?.type).toBe(expected ? undefined : noticed.transition?.type);
  });

  test('counts from when this daemon began to look', () => {
    const watchedFrom = 5 * long;

    expect(notice(play('.').cell, rule, watchedFrom, watchedFrom + long - 1).transition).toBeUndefined();
    expect(notice(play('.').cell, rule, watchedFrom, watchedFrom + long).transition).toBeDefined();
  });

  test('is watched again with its first known result', () => {
    const { cell } = notice(play('.').cell, rule, 0, 1e9);

    const played = play('?.', cell, rule, 2e5);

    expect(types(played)).toEqual(['watched']);
    expect(isPlain(played.cell)).toBe(true);
  });
});

const scripts = fc.array(fc.constantFrom<Letter>('.', '!', '#', 'x', '?'), { maxLength: 60 }).map((list) => list.join(''));
const thresholds = fc.record({
  failureThreshold: fc.integer({ min: 1, max: 6 }),
  successThreshold: fc.integer({ min: 1, max: 4 }),
});

describe('a status that changes too often', () => {
  test('flaps from its sixth change on, and says so even where nothing else is told', () => {
    expect(play('.x.x.x').cell.flapping).toBe(false);
    const { cell, transitions } = play('.x.x.x.');
    expect(cell.flapping).toBe(true);
    expect(transitions.at(-1)?.type).toBe('row');
    expect(types(play('.'.repeat(20), cell, rule, 8)).at(-1)).toBe('flapping');
  });

  test('is told with every result, so that no restart forgets it, and is no plain cell', () => {
    const { cell } = play('.x.x.x.');
    const later = play('.....', cell, rule, 8);

    expect(later.transitions).toHaveLength(5);
    expect(isPlain(later.cell)).toBe(false);
    expect(isPlain(play('.'.repeat(20), cell, rule, 8).cell)).toBe(true);
  });

  test('unknown results between are no changes', () => {
    expect(play('.?.?.?.?.?.?.?.').cell.flapping).toBe(false);
    expect(play('.?x?.?x?.?x?.').cell.flapping).toBe(true);
  });

  test('counts between two sorts of bad, too, while it is confirmed as bad', () => {
    const { cell } = play('xxx!x!x!x');

    expect(cell).toMatchObject({ hard: 'down', flapping: true });
  });
});

describe('why a check fails', () => {
  const other = { ...observation('x'), reason: 'content' } as const;

  function look(times: number, sees: Observation, from: Cell): Played {
    let cell = from;
    const transitions: Transition[] = [];
    for (let time = 0; time < times; time += 1) {
      const observed = observe(cell, sees, rule, (20 + time) * 60_000);
      cell = observed.cell;
      if (observed.transition !== undefined) transitions.push(observed.transition);
    }
    return { cell, transitions };
  }

  test('is known once it is confirmed, and no longer once it is over', () => {
    expect(play('xx').cell.cause).toBeUndefined();
    expect(play('xxx').cell.cause).toEqual({ code: 'timeout' });
    expect(play('xxx..').cell.cause).toBeUndefined();
  });

  test('is another after three bad looks in a row that say so, which is a transition', () => {
    const { cell } = play('xxx');

    expect(types(look(2, other, cell))).toEqual([]);
    const changed = look(3, other, cell);
    expect(types(changed)).toEqual(['cause-changed']);
    expect(changed.cell.cause).toEqual({ code: 'content' });
  });

  test('rides along where something else is told: a failure that is confirmed once more has another cause', () => {
    const changed = look(3, other, verifyAgain(play('xxx').cell));

    expect(types(changed)).toEqual(['row', 'row', 'reconfirmed']);
    expect(changed.cell.cause).toEqual({ code: 'content' });
  });

  test('is told by its last look where an old record does not say', () => {
    const { cause: _, ...old } = play('xxx').cell;

    expect(types(look(3, observation('x'), old))).toEqual([]);
    expect(types(look(3, other, old))).toEqual(['cause-changed']);
    const hasty = observe(old, other, { ...rule, failureThreshold: 1 }, 20 * 60_000);
    expect(hasty.transition?.type).toBe('cause-changed');
  });
});

describe('for every sequence of observations', () => {
  test('nothing is confirmed before so many bad known results, nor recovered before so many good ones', () => {
    fc.assert(
      fc.property(scripts, thresholds, (script, sizes) => {
        const by = check('Website', sizes);
        let cell = freshCell;
        const known: Letter[] = [];
        for (const [index, letter] of [...script].entries()) {
          if (letter !== '?') known.push(letter as Letter);
          const observed = observe(cell, observation(letter as Letter), by, index);
          cell = observed.cell;
          const { type, to } = observed.transition ?? {};
          const worsened = type === 'confirmed' && rank(to) > rank(observed.transition?.from);
          if (worsened) expect(known.slice(-sizes.failureThreshold).every((one) => one !== '.')).toBe(true);
          if (worsened) expect(known.length).toBeGreaterThanOrEqual(sizes.failureThreshold);
          if (type === 'recovered') expect(known.slice(-sizes.successThreshold).every((one) => one === '.')).toBe(true);
        }
      }),
    );
  });

  test('unknown changes neither the hard state nor the row', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const { cell } = play(script);

        const after = play('?', cell, rule, 1_000).cell;

        expect(after).toMatchObject({ hard: cell.hard, row: cell.row, suspect: cell.suspect, recent: cell.recent });
      }),
    );
  });

  test('unknown results in between change nothing of what is confirmed', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const without = script.replaceAll('?', '');

        expect(play(script).cell.hard).toBe(play(without).cell.hard);
      }),
    );
  });

  test('a daemon that is killed after any of them, with only the last transition kept, confirms the same', () => {
    fc.assert(
      fc.property(scripts, fc.nat({ max: 60 }), (script, where) => {
        const before = play(script.slice(0, where));
        const kept = before.transitions.at(-1)?.cell ?? freshCell;
        const restarted = isPlain(kept) ? freshCell : kept;

        const after = play(script.slice(where), restarted, rule, where + 1);

        expect(after.cell.hard ?? 'up').toBe(play(script).cell.hard ?? 'up');
      }),
    );
  });

  test('every change of the hard state is a transition, and the results kept are at most 21', () => {
    fc.assert(
      fc.property(scripts, thresholds, (script, sizes) => {
        const by = check('Website', sizes);
        let cell = freshCell;
        for (const [index, letter] of [...script].entries()) {
          const observed = observe(cell, observation(letter as Letter), by, index);
          if ((observed.cell.hard ?? 'up') !== (cell.hard ?? 'up')) expect(observed.transition).toBeDefined();
          expect(observed.cell.recent.length).toBeLessThanOrEqual(21);
          expect(observed.cell.row.length).toBeLessThanOrEqual(Math.max(sizes.failureThreshold, sizes.successThreshold));
          cell = observed.cell;
        }
      }),
    );
  });

  test('the same observations give the same answer, and leave the cell given as it was', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const { cell } = play(script);
        const frozen = structuredClone(cell);

        const once = observe(cell, observation('x'), rule, 1e9);

        expect(observe(cell, observation('x'), rule, 1e9)).toEqual(once);
        expect(cell).toEqual(frozen);
      }),
    );
  });
});

function rank(grade: Grade | null | undefined): number {
  return grades.indexOf(grade ?? 'up');
}
