import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unseal } from '../../src/store/envelope.ts';
import { openLiveRecord, readLiveRecord } from '../../src/store/live-record.ts';
import { start } from './support/children.ts';
import { newFolder } from './support/folder.ts';

const committer = new URL('./support/committer.ts', import.meta.url);

const kills = 24;

/** A small generator of chance that gives the same numbers for the same seed. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test('killed at any moment, a writer has lost nothing that it promised, and its file is whole', {
  timeout: 180_000,
}, async () => {
  await Promise.all([killAgainAndAgain(1), killAgainAndAgain(2)]);
});

async function killAgainAndAgain(seed: number): Promise<void> {
  const folder = newFolder();
  const random = chance(seed);

  for (let round = 0; round < kills / 2; round += 1) {
    const writer = start(committer, folder);
    await writer.line(1 + Math.floor(random() * 12));
    await new Promise((resolve) => setTimeout(resolve, random() * 8));
    await writer.kill();

    await expectNothingLost(folder, Number(writer.lines.at(-1)));
    expect(writer.lines.filter((line) => line.startsWith('note'))).toEqual([]);
  }

  const store = await openLiveRecord(folder);
  expect(store.notes).toEqual([]);
  expect((await readdir(folder)).filter((name) => name.includes('.tmp-') || name.includes('corrupt'))).toEqual([]);
}

/** What was promised is there; the write under way may be there too. */
async function expectNothingLost(folder: string, promised: number): Promise<void> {
  const record = await readLiveRecord(folder);
  expect(record?.ids.last).toBeGreaterThanOrEqual(promised);
  expect(record?.ids.last).toBeLessThanOrEqual(promised + 1);
  expect(unseal(readFileSync(join(folder, 'record.json'), 'utf8')).state).toBe('good');
}
