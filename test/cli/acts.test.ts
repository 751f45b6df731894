import { describe, expect, it } from 'vitest';
import type { Act } from '../../src/core/event.ts';
import { fakeApi, newFolder } from '../web/support/api.ts';
import { type, typeTo } from './support/world.ts';

describe('an act', () => {
  it.each<[string[], Act]>([
    [['ack', '42'], { act: 'acknowledge', id: '42' }],
    [['ack', '#42', '--for', '2h'], { act: 'acknowledge', id: '42', forMs: 7_200_000 }],
    [['release', 'inc-2026-0042'], { act: 'release', id: 'INC-2026-0042' }],
    [['assign', '42', 'ben'], { act: 'assign', id: '42', contact: 'ben' }],
    [['note', '42', 'cable', 'was', 'loose'], { act: 'note', id: '42', text: 'cable was loose' }],
    [
      ['resolve', '42', '--cause', 'disk full', '--fix', 'logs removed'],
      { act: 'resolve', id: '42', cause: 'disk full', fix: 'logs removed' },
    ],
    [['resolve', '42', '--fix', 'restarted'], { act: 'resolve', id: '42', fix: 'restarted' }],
    [['close', '42'], { act: 'close', id: '42', force: false }],
    [['close', '42', '--force'], { act: 'close', id: '42', force: true }],
    [['report', 'no mails since nine'], { act: 'report', text: 'no mails since nine' }],
    [['report', 'it', 'smokes', '--service', 'File server'], { act: 'report', text: 'it smokes', service: 'File server' }],
    [['beat', 'Backup'], { act: 'beat', service: 'Backup', ok: true }],
    [['beat', 'Backup/heartbeat:24h', '--fail'], { act: 'beat', service: 'Backup', check: 'heartbeat:24h', ok: false }],
    [['maintenance', 'all', '1h30m'], { act: 'start-maintenance', services: 'all', durationMs: 5_400_000 }],
    [
      ['maintenance', 'Website', '2h', '--reason', 'Updates'],
      { act: 'start-maintenance', services: ['Website'], durationMs: 7_200_000, reason: 'Updates' },
    ],
    [['maintenance', 'Website', 'end'], { act: 'end-maintenance', services: ['Website'] }],
  ])('%j reaches the daemon', async (words, act) => {
    const api = fakeApi();

    expect((await typeTo(api, words)).status).toBe(0);
    expect(api.acts).toEqual([{ act, by: 'anna' }]);
  });

  it('is done by whom --by names, else by who called sudo', async () => {
    const api = fakeApi();

    await typeTo(api, ['ack', '42', '--by', 'Ben'], { env: { SUDO_USER: 'anna' } });
    await typeTo(api, ['ack', '42'], { env: { SUDO_USER: 'carla' } });

    expect(api.acts.map(({ by }) => by)).toEqual(['Ben', 'carla']);
  });

  it('is answered with one sentence in the time of the site', async () => {
    const until = Date.parse('2026-05-12T14:35:00Z');
    const api = fakeApi({
      answer: { ok: true, reason: 'acknowledged', incident: 'INC-2026-0042', facts: { by: 'anna', until } },
    });

    expect(await typeTo(api, ['ack', '42'])).toEqual({
      status: 0,
      out: 'anna has INC-2026-0042 until today 16:35; nobody else is called until then\n',
      err: '',
    });
  });

  it('that is refused exits with 1 and says why on standard error', async () => {
    const api = fakeApi({
      answer: { ok: false, reason: 'unknown-service', facts: { service: 'Websit', known: ['Website', 'incidentd'] } },
    });

    expect(await typeTo(api, ['maintenance', 'Websit', '1h'])).toEqual({
      status: 1,
      out: '',
      err: 'incidentd: there is no service "Websit" (did you mean "Website"?)\n',
    });
  });

  it.each([['ack', '42'], ['report', 'it smokes'], ['beat', 'Backup'], ['maintenance']])(
    'without a daemon exits with 1 and says what to start: %s',
    async (...words) => {
      const { status, out, err } = await type([...words, '--state', newFolder()]);

      expect(status).toBe(1);
      expect(out).toBe('');
      expect(err).toMatch(
        /^incidentd: no daemon is running on \/.*; start one with: incidentd run, or name its folder with --state\n$/,
      );
    },
  );
});

describe('the folder of the daemon', () => {
  it('may stand before the command and after it', async () => {
    const folder = newFolder();

    for (const words of [
      ['--state', folder, 'ack', '1'],
      ['ack', '--state', folder, '1'],
      ['ack', '1', `--state=${folder}`],
    ]) {
      expect((await type(words)).err).toContain(`no daemon is running on ${folder}`);
    }
  });

  it('comes from systemd, where it is not named', async () => {
    const folder = newFolder();

    expect((await type(['ack', '1'], { env: { STATE_DIRECTORY: `${folder}:/other` } })).err).toContain(`running on ${folder}`);
  });

  it('may have a path that is too long for a socket, which is said', async () => {
    const { status, err } = await type(['ack', '1', '--state', `/tmp/${'x'.repeat(120)}`]);

    expect(status).toBe(1);
    expect(err).toContain('too long for a Unix socket');
  });
});
