import { expect, test } from 'vitest';
import type { EarlierIncident, Recall } from '../../src/core/known-error.ts';
import { knownErrorOf } from '../../src/core/known-errors.ts';
import { incident } from '../store/support/samples.ts';

const asked: Recall = { incident: 'INC-2026-0100', service: 'Website', code: 'port-closed', text: '' };

function past(id: string, openedAt: number, changes: Partial<EarlierIncident> = {}): EarlierIncident {
  return { id, service: 'Website', serviceName: 'Website', code: 'port-closed', openedAt, tookMs: null, ...changes };
}

function live(id: string, openedAt: number) {
  return incident(id, { openedAt, resolution: null });
}

test('of the record and the history the newest come first, and none counts twice', () => {
  const similar = [past('c', 300), past('a', 100), past('other', 900, { service: 'Mail' })];

  const known = knownErrorOf(asked, { seen: 7, lastAt: 300, similar }, [live('b', 200), live('a', 100)]);

  expect(known.similar.map(({ id }) => id)).toEqual(['c', 'b', 'a', 'other']);
  expect(known).toMatchObject({ seen: 8, lastAt: 300, fix: null });
});

test('what helped in the same is worth more than what helped in a similar one, and the newest counts', () => {
  const similar = [
    past('c', 300),
    past('b', 200, { remedy: 'restart' }),
    past('a', 100, { fix: 'by hand' }),
    past('other', 900, { code: 'timeout', fix: 'elsewhere' }),
  ];

  expect(knownErrorOf(asked, { seen: 3, lastAt: 300, similar }, []).fix).toMatchObject({ incident: 'b', by: 'remedy' });
  expect(knownErrorOf({ ...asked, service: 'Shop' }, { seen: 0, lastAt: null, similar: similar.slice(3) }, []).fix).toMatchObject(
    {
      text: 'elsewhere',
      by: 'person',
    },
  );
});

test('where the history cannot be asked, the record alone tells', () => {
  expect(knownErrorOf(asked, null, [live('b', 200)])).toMatchObject({ seen: 1, lastAt: 200, similar: [{ id: 'b' }] });
  expect(knownErrorOf(asked, null, [])).toEqual({ seen: 0, lastAt: null, fix: null, similar: [] });
});
