import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { outputTo } from '../../src/cli/output.ts';

/** A reader that takes a piece only when told, or goes away. */
function reader() {
  const held: ((error?: Error) => void)[] = [];
  const taken: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write: (text, _, done) => {
      taken.push(String(text));
      held.push(done);
    },
  });
  return { stream, taken, next: (error?: Error) => held.shift()?.(error) };
}

async function isSettled(work: Promise<unknown>): Promise<boolean> {
  const waits = Symbol('waits');
  return (await Promise.race([work, new Promise((resolve) => setTimeout(resolve, 20, waits))])) !== waits;
}

describe('what is printed', () => {
  it('is taken at once where nothing waits', async () => {
    expect(await isSettled(outputTo(reader().stream, reader().stream).taken())).toBe(true);
  });

  it.each(['out', 'err'] as const)('is waited for until its reader has all of it: %s', async (way) => {
    const readers = { out: reader(), err: reader() };
    const output = outputTo(readers.out.stream, readers.err.stream);
    output[way]('one');
    output[way]('two');
    const taken = output.taken();

    readers[way].next();
    expect(await isSettled(taken)).toBe(false);
    for (let more = 0; more < 3; more++) readers[way].next();

    expect(await isSettled(taken)).toBe(true);
    expect(readers[way].taken.join('')).toBe('onetwo');
  });

  it('is not waited for when its reader goes away', async () => {
    const gone = reader();
    const output = outputTo(gone.stream, reader().stream);
    output.out('one');
    output.out('two');
    const taken = output.taken();

    gone.next(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));

    expect(await isSettled(taken)).toBe(true);
  });
});

describe('a log whose reader takes nothing', () => {
  it('holds up the end for a second only', async () => {
    const output = outputTo(reader().stream, reader().stream);
    const begun = performance.now();
    output.log('line\n');

    await output.taken();

    expect(performance.now() - begun).toBeLessThan(3000);
  });

  it('fills no memory, and goes on when it takes again', () => {
    const hung = reader();
    const output = outputTo(hung.stream, reader().stream);
    for (let count = 0; count < 5000; count++) output.log('x'.repeat(2000));
    const held = hung.stream.writableLength;

    for (let count = 0; count < 5000; count++) hung.next();
    output.log('last');

    expect(held).toBeLessThan(5_000_000);
    expect(hung.taken.at(-1)).toBe('last');
  });
});
