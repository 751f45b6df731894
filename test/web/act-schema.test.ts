import { describe, expect, it } from 'vitest';
import { actRequest } from '../../src/web/act-schema.ts';

function parse(act: unknown, by: unknown = 'anna') {
  return actRequest.safeParse({ act, by });
}

describe('an act from outside', () => {
  it.each([
    { act: 'acknowledge', id: '42' },
    { act: 'acknowledge', id: 'INC-2026-0042', forMs: 3_600_000 },
    { act: 'release', id: '42' },
    { act: 'assign', id: '42', contact: 'ben' },
    { act: 'note', id: '42', text: 'looked at it' },
    { act: 'resolve', id: '42', cause: 'disk full' },
    { act: 'close', id: '42', force: true },
    { act: 'report', text: 'The printer jams', service: 'Printer' },
    { act: 'beat', service: 'Backup', check: 'heartbeat:24h', ok: false },
    { act: 'start-maintenance', services: 'all', durationMs: 60_000 },
    { act: 'end-maintenance', services: ['Website'] },
  ])('is taken as it is: $act', (act) => {
    expect(parse(act).data).toEqual({ act, by: 'anna' });
  });

  it.each([
    ['an unknown one', { act: 'explode' }],
    ['an unknown key', { act: 'release', id: '42', now: true }],
    ['a missing id', { act: 'release' }],
    ['an empty text', { act: 'note', id: '42', text: ' \n ' }],
    ['a text of more than 4 kB', { act: 'note', id: '42', text: 'ü'.repeat(2049) }],
    ['a service that every object has', { act: 'report', text: 'x', service: 'constructor' }],
    ['a contact that every object has', { act: 'assign', id: '42', contact: 'toString' }],
    ['no time at all', { act: 'acknowledge', id: '42', forMs: 0 }],
    ['a hundred years', { act: 'start-maintenance', services: 'all', durationMs: 100 * 365 * 86_400_000 }],
    ['a window for nothing', { act: 'start-maintenance', services: [], durationMs: 60_000 }],
  ])('is refused: %s', (_, act) => {
    expect(parse(act).success).toBe(false);
  });

  it.each(['', '   ', 'x'.repeat(81), '__proto__', 42])('is refused from somebody called %j', (by) => {
    expect(parse({ act: 'release', id: '42' }, by).success).toBe(false);
  });

  it('loses control characters and keeps the lines of a text', () => {
    const parsed = parse({ act: 'note', id: '42', text: 'one\u001b[31m\r\ntwo\u0007three\u202e\n\n' }, 'an\u0000na');

    expect(parsed.data).toEqual({ act: { act: 'note', id: '42', text: 'one\ntwo three' }, by: 'an na' });
  });
});
