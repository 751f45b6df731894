import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/lib/log.ts';
import { secret } from '../../src/lib/secret.ts';

function lines(json: boolean, colour = false) {
  const written: string[] = [];
  return { written, log: createLog({ json, colour, write: (line) => written.push(line) }) };
}

function logged(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { written, log } = lines(true);
  log('info', 'it happened', fields);
  return JSON.parse(written.join(''));
}

describe('a log for programs', () => {
  it('is one JSON object a line: time, level, sentence, fields', () => {
    const { written, log } = lines(true);

    log('warn', 'the clock was set', { byMs: 3000, checks: ['a', 'b'] });

    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(written[0]!)).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      level: 'warn',
      msg: 'the clock was set',
      byMs: 3000,
      checks: ['a', 'b'],
    });
  });

  it('keeps its own names apart from fields of the same name', () => {
    expect(logged({ level: 2, msg: 'x', time: 5 })).toMatchObject({
      level: 'info',
      msg: 'it happened',
      level_: 2,
      msg_: 'x',
      time_: 5,
    });
  });

  it('shows no secret, in whatever it is wrapped', () => {
    const text = JSON.stringify(
      logged({
        password: secret('hunter22'),
        server: { login: { password: secret('hunter22') } },
        list: [secret('hunter22')],
        error: new Error('no answer from smtps://monitoring:hunter22@mail.example:465/'),
      }),
    );

    expect(text).not.toContain('hunter22');
    expect(text).toContain('smtps://***@mail.example:465/');
  });

  it('writes an error as its name and message', () => {
    expect(logged({ error: new TypeError('x is not a function') }).error).toBe('TypeError: x is not a function');
  });

  it('bounds everything: texts, lists, depth, circles', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;

    const line = JSON.stringify(logged({ text: 'x'.repeat(1e6), list: Array.from({ length: 1e4 }, () => 1), circle }));

    expect(line.length).toBeLessThan(5000);
  });

  it('takes what JSON has no word for', () => {
    expect(logged({ big: 1n, map: new Map([['a', 1]]), gone: undefined, nothing: null, f: Number.NaN })).toMatchObject({
      big: '1',
      map: { a: 1 },
      nothing: null,
    });
  });
});

describe('a log for people', () => {
  it('is a readable line with the fields behind the sentence', () => {
    const { written, log } = lines(false);

    log('info', 'incident opened', { incident: 'INC-2026-0001', cause: 'port closed', to: ['anna', 'ben'], level: 1 });

    expect(written).toEqual([
      expect.stringMatching(
        /^\d\d:\d\d:\d\d info {2}incident opened {2}incident=INC-2026-0001 {2}cause="port closed" {2}to=anna,ben {2}level=1\n$/,
      ),
    ]);
  });

  it('is one line, whatever the fields hold', () => {
    const { written, log } = lines(false);

    log('error', 'a defect', { stack: 'Error: x\n    at y\n    at z', nothing: null, empty: '' });

    expect(written.join('').match(/\n/g)).toHaveLength(1);
  });

  it('has colours only when told', () => {
    const [plain, coloured] = [lines(false), lines(false, true)];

    for (const { log } of [plain, coloured]) log('error', 'a defect');

    expect(plain.written.join('')).not.toContain('\u001b');
    expect(coloured.written.join('')).toContain('\u001b[31m');
  });
});
