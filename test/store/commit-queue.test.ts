import { expect, test } from 'vitest';
import { newestWins } from '../../src/store/commit-queue.ts';

function heldWrites() {
  const written: number[] = [];
  const gates: PromiseWithResolvers<void>[] = [];
  const commit = newestWins<number>((value) => {
    written.push(value);
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    return gate.promise;
  });
  return { commit, written, gates };
}

test('a second write never starts on top of a hanging one', async () => {
  const { commit, written } = heldWrites();

  void commit(1);
  void commit(2);
  await new Promise(setImmediate);

  expect(written).toEqual([1]);
});

test('of several values that wait only the newest is written, and all of them are then done', async () => {
  const { commit, written, gates } = heldWrites();
  const first = commit(1);
  const others = [commit(2), commit(3), commit(4)];

  gates[0]?.resolve();
  await first;
  await new Promise(setImmediate);
  gates[1]?.resolve();
  await Promise.all(others);

  expect(written).toEqual([1, 4]);
});

test('a value that waits is not done when the write before it is', async () => {
  const { commit, gates } = heldWrites();
  let done = false;
  const first = commit(1);
  void commit(2).then(() => {
    done = true;
  });

  gates[0]?.resolve();
  await first;
  await new Promise(setImmediate);

  expect(done).toBe(false);
});

test('a failed write rejects its own value only, and the next one is tried', async () => {
  const { commit, written, gates } = heldWrites();
  const first = commit(1);
  const second = commit(2);

  gates[0]?.reject(new Error('disk full'));
  await expect(first).rejects.toThrow('disk full');
  await new Promise(setImmediate);
  gates[1]?.resolve();
  await second;

  expect(written).toEqual([1, 2]);
});

test('after everything has settled the next value is written at once', async () => {
  const { commit, written, gates } = heldWrites();
  const first = commit(1);
  gates[0]?.resolve();
  await first;
  await new Promise(setImmediate);

  void commit(2);

  expect(written).toEqual([1, 2]);
});
