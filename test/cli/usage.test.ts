import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands/registry.ts';
import { fakeApi } from '../web/support/api.ts';
import { type, typeTo, widthOf } from './support/world.ts';

describe('wrong usage', () => {
  it.each([
    ['nothing', []],
    ['an unknown command', ['stauts']],
    ['an unknown option', ['status', '--loud']],
    ['a missing argument', ['ack']],
    ['an argument too many', ['release', '42', '43']],
    ['an option without its value', ['ack', '42', '--for']],
    ['a time that is none', ['ack', '42', '--for', 'soon']],
    ['an id that is none', ['show', 'Website']],
    ['no cause and no fix', ['resolve', '42']],
    ['a time without a service', ['maintenance', '2h']],
    ['an end without a service', ['maintenance', 'end']],
    ['an empty text', ['note', '42', '   ']],
    ['a text without end', ['report', 'x'.repeat(5000)]],
    ['an empty name', ['report', 'it smokes', '--by', ' ']],
  ])('exits with 2 and says why: %s', async (_, words) => {
    const { status, out, err } = await type(words);

    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).not.toBe('');
    expect(err).not.toMatch(/^\s+at /m);
  });

  it.each([
    ['a text', ['report', 'x'.repeat(5000)], 'The text is too long: at most 4 kB.'],
    ['an id', ['ack', '😀'.repeat(2000)], 'Write an id such as INC-2026-0042, or its number 42.'],
    ['a time', ['ack', '1', '--for', 'x'.repeat(5000)], 'Write a duration such as 30m, 2h or 1d.'],
    ['a command', ['x'.repeat(5000)], 'unknown command'],
  ])('is told in a few lines, however long it was: %s', async (_, words, reason) => {
    const { status, err } = await type(words);

    expect(status).toBe(2);
    expect(err).toContain(reason);
    expect(err.length).toBeLessThan(500);
    expect(err.isWellFormed()).toBe(true);
  });

  it('names the nearest command', async () => {
    expect((await type(['stauts'])).err).toContain('Did you mean status?');
  });

  it('asks nothing of the daemon', async () => {
    const api = fakeApi();

    expect((await typeTo(api, ['resolve', '42'])).status).toBe(2);
    expect(api.acts).toEqual([]);
  });
});

describe('help', () => {
  it.each([['--help'], ['-h'], ['help']])('%s names every command, the exit statuses and the files', async (word) => {
    const { status, out } = await type([word]);

    expect(status).toBe(0);
    for (const { name, summary } of commands) expect(out).toMatch(new RegExp(`^ {2}${name} +${summary.slice(0, 20)}`, 'm'));
    expect(out).toContain('0 done   1 the answer is no   2 wrong usage   3 another daemon is running');
    expect(out).toContain('$INCIDENTD_CONFIG');
    expect(out).toContain('$STATE_DIRECTORY');
  });

  it.each([[[]], ...commands.map(({ name }) => [[name]])])('of %j fits into 80 columns', async (words) => {
    const { status, out } = await type([...words, '--help']);

    expect(status).toBe(0);
    expect(widthOf(out)).toBeLessThanOrEqual(80);
  });

  it('tells the version', async () => {
    expect(await type(['--version'])).toEqual({ status: 0, out: expect.stringMatching(/^incidentd \d+\.\d+\.\d+\n$/), err: '' });
  });
});
