import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyRecord } from '../../src/core/record.ts';
import { liveRecordSchema, recordToJson } from '../../src/store/record-schema.ts';
import { arbitraryInput } from './support/arbitrary.ts';
import firstRecord from './support/record-as-first-written.json' with { type: 'json' };
import { incident, notification, numbered } from './support/samples.ts';

function reread(record: Parameters<typeof recordToJson>[0]) {
  return liveRecordSchema.parse(JSON.parse(recordToJson(record)));
}

test('any record is the same after writing and reading', () => {
  const anyRecord = arbitraryInput(liveRecordSchema).map((input) => liveRecordSchema.parse(input));

  fc.assert(
    fc.property(anyRecord, (record) => {
      expect(reread(record)).toStrictEqual(record);
    }),
    { numRuns: 20, seed: 1 },
  );
});

test('a real record is the same after writing and reading', () => {
  const record = { ...numbered(7), outbox: new Map([['k', notification('k')]]), incidents: new Map([['a', incident('a')]]) };

  expect(reread(record)).toStrictEqual(record);
  expect(reread(emptyRecord)).toStrictEqual(emptyRecord);
});

test('a number without limit survives, so that one odd measure cannot make the record unreadable', () => {
  const record = { ...emptyRecord, graceUntil: Infinity, refused: new Map([['anna/email', Number.NaN]]) };

  expect(reread(record)).toMatchObject({ graceUntil: Infinity, refused: new Map([['anna/email', Infinity]]) });
});

test('a key named __proto__ is a key like others', () => {
  const record = { ...emptyRecord, refused: new Map([['__proto__', 1]]) };

  expect(reread(record)).toStrictEqual(record);
});

test('a record that the first version of the format wrote is read, with its incidents, cells and mails', () => {
  const record = liveRecordSchema.parse(firstRecord);

  expect([...record.incidents.values()].map(({ id, status, fingerprint }) => `${id} ${status} ${fingerprint}`)).toEqual([
    'INC-2026-0001 closed null',
    'INC-2026-0002 open null',
    'INC-2026-0003 open null',
  ]);
  expect([...record.outbox.values()].filter(({ kind }) => kind === 'opened')).toHaveLength(3);
  expect([...record.cells.keys()]).toEqual(['Website/tcp:127.0.0.1:1', 'Files/tcp:127.0.0.1:18999']);
});

test('a record with a missing part is refused with the name of the part', () => {
  const { ids: _, ...rest } = JSON.parse(recordToJson(numbered(1)));

  expect(() => liveRecordSchema.parse(rest)).toThrow(/ids/);
});
