import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import type { Recall } from '../../src/core/known-error.ts';
import { knownErrorOf } from '../../src/core/known-errors.ts';
import type { History } from '../../src/store/history.ts';
import { readHistory } from '../../src/store/history-reader.ts';
import { newFolder } from './support/folder.ts';
import { openPatiently } from './support/history.ts';
import { incident } from './support/samples.ts';

const opened: History[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((history) => history.close()));
});

function open(folder: string): History {
  const history = openPatiently(folder, { deadlineMs: 15_000 });
  opened.push(history);
  return history;
}

const recall: Recall = {
  incident: 'INC-2026-0999',
  service: 'Website',
  code: 'port-closed',
  text: 'connect ECONNREFUSED 10.0.0.5:443',
};

/** An incident of another cause and service unless said, with an error text. */
function past(number: number, text: string, changes: Partial<Incident> = {}): Incident {
  const id = `INC-2026-${String(number).padStart(4, '0')}`;
  return incident(id, {
    service: 'Mail',
    serviceName: 'Mail',
    cause: { code: 'timeout', evidence: [text] },
    resolution: null,
    openedAt: number * 1000,
    recoveredAt: number * 1000 + 480_000,
    ...changes,
  });
}

async function archived(folder: string, incidents: readonly Incident[]): Promise<History> {
  const history = open(folder);
  for (const one of incidents) await history.archive(one, []);
  return history;
}

const same = { service: 'Website', serviceName: 'Website', cause: { code: 'port-closed', evidence: ['refused'] } } as const;

describe('of the same service and cause', () => {
  test('all are counted, the newest come first, with what helped and how long it took', async () => {
    const resolution = { cause: 'out of memory', fix: 'restarted nginx', by: 'anna', at: 1 };
    const history = await archived(await newFolder(), [
      past(1, '', same),
      past(2, '', { ...same, resolution }),
      past(3, '', same),
    ]);

    const { seen, lastAt, similar } = await history.recall(recall);

    expect({ seen, lastAt }).toEqual({ seen: 3, lastAt: 3000 });
    expect(similar.map(({ id }) => id)).toEqual(['INC-2026-0003', 'INC-2026-0002', 'INC-2026-0001']);
    expect(similar[1]).toMatchObject({ cause: 'out of memory', fix: 'restarted nginx', tookMs: 480_000, code: 'port-closed' });
  });

  test('merged ones, reports and the incident itself are none', async () => {
    const history = await archived(await newFolder(), [
      past(1, '', { ...same, mergedInto: 'INC-2026-0002' }),
      past(2, '', { ...same, kind: 'report' }),
      past(999, '', same),
    ]);

    expect(await history.recall(recall)).toEqual({ seen: 0, lastAt: null, similar: [] });
  });

  test('a remedy that helped comes along', async () => {
    const run = {
      ...{
        key: 'k',
        remedy: 'r',
        label: 'systemctl restart nginx',
        state: 'helped' as const,
        outcome: 'exit status 0',
        output: '',
      },
      ...{ requestedAt: 1, startedAt: 1, endedAt: 2, judgeAt: null },
    };
    const history = await archived(await newFolder(), [past(1, '', { ...same, remedies: [run] })]);

    expect((await history.recall(recall)).similar[0]?.remedy).toBe('systemctl restart nginx');
  });
});

test('of a few hundred, the newest are told, and the one that says what helped, however old', async () => {
  const resolution = { fix: 'replaced the power supply', by: 'anna', at: 1 };
  const history = await archived(await newFolder(), [
    past(1, '', { ...same, resolution }),
    ...Array.from({ length: 299 }, (_, index) =>
      past(index + 2, `connect ECONNREFUSED 10.0.0.${index}`, index % 2 === 0 ? same : {}),
    ),
  ]);

  const recalled = await history.recall(recall);
  const known = knownErrorOf(recall, recalled, []);

  expect(known).toMatchObject({
    seen: 151,
    lastAt: 300_000,
    fix: { text: 'replaced the power supply', incident: 'INC-2026-0001' },
  });
  const newest = ['INC-2026-0300', 'INC-2026-0298', 'INC-2026-0296', 'INC-2026-0294', 'INC-2026-0292'];
  expect(known.similar.map(({ id }) => id)).toEqual(newest);
});

test('what was archived once more is remembered as it was told last', async () => {
  const resolution = { fix: 'plugged in', by: 'anna', at: 1 };
  const history = await archived(await newFolder(), [past(1, '', same), past(1, '', { ...same, resolution })]);

  expect(await history.recall(recall)).toMatchObject({ seen: 1, similar: [{ fix: 'plugged in' }] });
});

describe('of others', () => {
  test('a similar text is found whatever its numbers, the same cause before another', async () => {
    const history = await archived(await newFolder(), [
      past(1, 'connect ECONNREFUSED 192.168.7.1:8080'),
      past(2, 'the disk is full'),
      past(3, 'connect ECONNREFUSED', { cause: { code: 'port-closed', evidence: ['connect ECONNREFUSED ::1:25'] } }),
    ]);

    const { seen, similar } = await history.recall(recall);

    expect(seen).toBe(0);
    expect(similar.map(({ id }) => id)).toEqual(['INC-2026-0003', 'INC-2026-0001']);
  });

  test('letters of addresses and ids are no words', async () => {
    const text = 'no route to fe80::cafe:beef:1 (id 0f8fad5b-d9cb-469f-a165-deadbeefcafe)';
    const history = await archived(await newFolder(), [past(1, 'lost cafe::beef and deadbeefcafe-0-1')]);

    expect((await history.recall({ ...recall, text })).similar).toEqual([]);
  });

  test('one shared word of another cause is not similar', async () => {
    const history = await archived(await newFolder(), [past(1, 'connect to the printer')]);

    expect((await history.recall(recall)).similar).toEqual([]);
  });

  test('five are enough', async () => {
    const many = Array.from({ length: 40 }, (_, index) => past(index + 1, 'connect ECONNREFUSED'));

    expect((await (await archived(await newFolder(), many)).recall(recall)).similar).toHaveLength(5);
  });
});

test.each([
  '" OR 1=1 --',
  'NEAR(connect, 5) AND *',
  'connect^2 {text}: -x',
  'a\u0000b "',
  '🚀'.repeat(1000),
  'x'.repeat(100_000),
  '-:'.repeat(20_000),
  '\u{1e900}\u{1e901}\u{1e902} %_ MATCH',
])('a text from outside is never a query: %.20s', async (text) => {
  const history = await archived(await newFolder(), [past(1, 'connect ECONNREFUSED')]);

  await expect(history.recall({ ...recall, text })).resolves.toMatchObject({ seen: 0 });
});

test('a history of an earlier program is taken in when it is opened', async () => {
  const folder = await newFolder();
  const first = await archived(folder, [past(1, 'connect ECONNREFUSED'), past(2, '', same)]);
  await first.close();
  using database = new DatabaseSync(join(folder, 'history.db'));
  database.exec('DROP TABLE remembered; DROP TABLE remembered_texts; PRAGMA user_version = 1');
  database.close();
  using reader = readHistory(folder);
  expect(reader?.incidents()).toHaveLength(2);

  const { seen, similar } = await open(folder).recall(recall);

  expect(seen).toBe(1);
  expect(similar.map(({ id }) => id)).toEqual(['INC-2026-0002', 'INC-2026-0001']);
});

test('a damaged document is counted and left out', async () => {
  const folder = await newFolder();
  const first = await archived(folder, [past(1, '', same), past(2, '', same)]);
  await first.close();
  using database = new DatabaseSync(join(folder, 'history.db'));
  database.exec("UPDATE incidents SET document = '{' WHERE id = 'INC-2026-0001'");
  database.close();

  expect(await open(folder).recall(recall)).toMatchObject({ seen: 2, similar: [{ id: 'INC-2026-0002' }] });
});
