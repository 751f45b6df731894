import { expect, test } from 'vitest';
import type { Note } from '../../src/store/history-types.ts';
import { createNoteQueue } from '../../src/store/note-queue.ts';

function notes(count: number): readonly Note[] {
  return Array.from({ length: count }, (_, at) => ({ type: 'change', change: { check: 'c', at, seen: 'up', message: '' } }));
}

test('rows are sent in batches, one after the other', async () => {
  const sizes: number[] = [];
  let underWay = 0;
  const queue = createNoteQueue(async (batch) => {
    underWay += 1;
    expect(underWay).toBe(1);
    await new Promise(setImmediate);
    sizes.push(batch.length);
    underWay -= 1;
  });

  queue.add(notes(2500));
  await Promise.all([queue.flush(), queue.flush()]);

  expect(sizes).toEqual([1000, 1000, 500]);
  expect(queue.dropped()).toBe(0);
});

test('while nothing is taken the queue is bounded and what finds no room is counted', async () => {
  const queue = createNoteQueue(() => new Promise(() => {}));
  void queue.flush();

  for (let round = 0; round < 30; round += 1) queue.add(notes(1000));

  expect(queue.dropped()).toBe(10_000);
});

test('a batch that fails is counted as dropped and the rest waits for the next time', async () => {
  let fails = true;
  const arrived: number[] = [];
  const queue = createNoteQueue(async (batch) => {
    if (fails) throw new Error('blocked');
    arrived.push(batch.length);
  });
  queue.add(notes(1500));

  await queue.flush();
  fails = false;
  await queue.flush();

  expect(queue.dropped()).toBe(1000);
  expect(arrived).toEqual([500]);
});
