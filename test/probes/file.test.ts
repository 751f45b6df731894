import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judge as applyThresholds } from '../../src/core/judge.ts';
import type { Observation } from '../../src/core/observation.ts';
import { secret } from '../../src/lib/secret.ts';
import { file, judge } from '../../src/probes/file.ts';
import { newestFile } from '../../src/probes/support/files/newest-file.ts';
import { peerFolder } from '../net/support/peers.ts';
import { look, optionsOf } from './support/look.ts';

let folder: ReturnType<typeof peerFolder>;
beforeAll(() => {
  folder = peerFolder();
});
afterAll(() => folder[Symbol.dispose]());

const hour = 3_600_000;
const at = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Berlin').epochMilliseconds;

/** A file of the test's folder, written `ageMs` ago. */
function put(name: string, ageMs = 0, text = 'done\n'): string {
  const path = join(folder.path, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  const seconds = (Date.now() - ageMs) / 1000;
  utimesSync(path, seconds, seconds);
  return path;
}

describe('a file check', () => {
  it('tells when the file was written and how large it is', async () => {
    const seen = await look(file, put('last.ok', 3 * hour));

    expect(seen).toMatchObject({ status: 'up', message: `${folder.path}/last.ok was written 3h ago, 5B` });
    expect(seen.measures).toEqual([
      { name: 'age', value: expect.closeTo(3 * hour, -4), unit: 'ms' },
      { name: 'size', value: 5, unit: 'bytes' },
    ]);
  });

  it('is degraded and then down by the age of the file', async () => {
    const seen = await look(file, put('old', 30 * hour));
    const rule = { measure: 'age', sort: 'current', worse: 'above' } as const;

    expect(applyThresholds(seen, [{ ...rule, warning: 26 * hour }])).toMatchObject({ status: 'degraded', reason: 'outdated' });
    expect(applyThresholds(seen, [{ ...rule, critical: 26 * hour }])).toMatchObject({ status: 'down', reason: 'outdated' });
  });

  it('is down where there is no file, not even its folder', async () => {
    for (const path of [`${folder.path}/nothing`, '/nowhere/at/all', '/etc/passwd/x'])
      expect(await look(file, path)).toMatchObject({ status: 'down', reason: 'outdated', message: `there is no ${path}` });
  });

  it('follows symbolic links, and one that leads nowhere is no file', async () => {
    const path = put('2026-11-03.tar', hour);
    symlinkSync(path, join(folder.path, 'latest'));
    symlinkSync('/nowhere', join(folder.path, 'dangling'));

    expect(await look(file, `${folder.path}/latest`)).toMatchObject({ status: 'up' });
    expect(await look(file, `${folder.path}/dangling`)).toMatchObject({ status: 'down', reason: 'outdated' });
  });

  it('asks for a size where one is given: an empty backup is none', async () => {
    const empty = put('empty.tar', 0, '');
    const large = put('large.tar');
    truncateSync(large, 5 * 2 ** 20);

    expect(await look(file, empty, { min_size: '1B' })).toMatchObject({
      status: 'down',
      reason: 'content',
      message: `${empty} has only 0B, expected 1B at least`,
    });
    expect(await look(file, large, { min_size: '5MiB' })).toMatchObject({ status: 'up' });
    expect(await look(file, folder.path, { min_size: '1B' })).toMatchObject({ status: 'unknown' });
  });

  it('says that there must be none', async () => {
    const lock = put('import.lock', 2 * hour);
    const core = put('cores/core.17');

    expect(await look(file, `${folder.path}/no.lock`, { exists: false })).toMatchObject({ status: 'up' });
    expect(await look(file, lock, { exists: false })).toMatchObject({
      status: 'down',
      reason: 'content',
      message: `${lock} exists, written 2h ago, and should not`,
    });
    expect(await look(file, `${folder.path}/cores/core.*`, { exists: false })).toMatchObject({
      status: 'down',
      message: expect.stringContaining(`${core} exists`),
    });
  });

  it('never opens what it looks at: a pipe has a time, and no size', async () => {
    const pipe = join(folder.path, 'pipe');
    execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', pipe]);

    const seen = await look(file, pipe);

    expect(seen).toMatchObject({ status: 'up', measures: [{ name: 'age' }] });
  });

  it('proves nothing by a file from the future, and allows for clocks that differ a little', async () => {
    expect(await look(file, put('ahead', -2 * 60_000))).toMatchObject({ status: 'up', measures: [{ value: 0 }, {}] });
    expect(await look(file, put('future', -24 * hour))).toMatchObject({
      status: 'unknown',
      message: expect.stringMatching(/was written in the future \(\w{3} 20.*set the clock/),
    });
  });

  it('proves nothing where this user may not look, and says what to do', async () => {
    const path = put('locked/last.ok');
    chmodSync(join(folder.path, 'locked'), 0o000);
    const root = process.getuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    let seen: Observation;
    try {
      seen = await look(file, path);
    } finally {
      if (root) process.seteuid?.(0);
      chmodSync(join(folder.path, 'locked'), 0o700);
    }

    expect(seen).toMatchObject({
      status: 'unknown',
      message: expect.stringMatching(/may not look at .*setfacl -m u:USER:rx \S+\/locked \(EACCES\)/),
    });
  });

  it('shows no secret path', async () => {
    const path = put('token-hushhush');

    const seen = await look(file, secret(path));

    expect(seen).toMatchObject({ status: 'up', message: expect.stringMatching(/^\*\*\* was written/) });
    expect(JSON.stringify(seen)).not.toContain('hushhush');
    expect(await look(file, secret(path), { exists: false })).toMatchObject({
      status: 'down',
      message: expect.stringMatching(/^\*\*\* exists, written /),
    });
    expect(await look(file, secret(`${path}-gone`))).toMatchObject({ status: 'down', message: 'there is no ***' });
  });

  it.each([null, 'srv/backup', '/srv/**/x', ['/a', '/b'], 5])('cannot look at %j', (typed) => {
    expect(() => optionsOf(file, typed)).toThrow(/\/srv\/backup|`\*` for each level/);
  });

  it.each([
    { expect: 'Mon-Fri' },
    { expect: [] },
    { grace: '2h' },
    { min_size: 5 },
    { min_size: '5' },
    { exists: false, expect: '06:00' },
    { exists: false, min_size: '1B' },
  ])('refuses %j', (written) => {
    expect(() => optionsOf(file, '/srv/x', written)).toThrow();
  });
});

describe('a pattern of files', () => {
  it('stands for the newest of them, whatever its name; hidden ones are not yet complete', async () => {
    put('backup/2026-11-01.tar.gz', 49 * hour);
    put('backup/2026-11-03.tar.gz', 25 * hour);
    const newest = put('backup/2026-11-02.tar.gz', 2 * hour);
    put('backup/.2026-11-04.tar.gz.x7', 0);
    put('backup/notes.txt', 0);

    const seen = await look(file, `${folder.path}/backup/*.tar.gz`);

    expect(seen).toMatchObject({ status: 'up', message: expect.stringContaining(`${newest} was written 2h ago`) });
  });

  it('may stand in each part of the path', async () => {
    put('hosts/a/db.sql', 5 * hour);
    put('hosts/b/db.sql', 3 * hour);
    mkdirSync(join(folder.path, 'hosts/c'));
    put('hosts/d', 0);

    expect(await look(file, `${folder.path}/hosts/?/db.*`)).toMatchObject({
      message: expect.stringContaining('/hosts/b/db.sql was written 3h ago'),
    });
  });

  it('that names nothing is down', async () => {
    expect(await look(file, `${folder.path}/none-*.gz`)).toMatchObject({
      status: 'down',
      reason: 'outdated',
      message: `no file has a name like ${folder.path}/none-*.gz`,
    });
  });

  it('is looked through to its end, within bounds', async () => {
    mkdirSync(join(folder.path, 'many'));
    for (let index = 0; index < 3000; index += 1) writeFileSync(join(folder.path, 'many', `x${index}`), '');

    expect(await look(file, `${folder.path}/many/x*`, {}, { timeoutMs: 5000 })).toMatchObject({ status: 'up' });
    await expect(newestFile(`${folder.path}/many/x*`, 1)).rejects.toMatchObject({ code: 'E2BIG' });
  });

  it('names the folder that keeps it from telling which is the newest', async () => {
    const open = put('mnt/a/last.ok');
    mkdirSync(join(folder.path, 'mnt', 'lost+found'));
    chmodSync(join(folder.path, 'mnt', 'lost+found'), 0o000);
    const root = process.getuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    let seen: Observation;
    try {
      seen = await look(file, open.replace('/a/', '/*/'));
    } finally {
      if (root) process.seteuid?.(0);
    }

    expect(seen).toMatchObject({ status: 'unknown', message: expect.stringContaining(`:rx ${folder.path}/mnt/lost+found (`) });
  });
});

describe('a file that is expected on workdays at 06:00, two hours late at most', () => {
  function seenAt(now: string, writtenAt: string, expected: string | readonly string[] = 'Mon-Fri 06:00', grace?: string) {
    const options = optionsOf(file, '/srv/last.ok', { expect: expected, ...(grace === undefined ? {} : { grace }) });
    return judge(options, { path: '/srv/last.ok', writtenAt: at(writtenAt), size: 5, matches: 1 }, at(now), 'Europe/Berlin')
      .status;
  }

  // 2026-11-02 is a Monday.
  it.each([
    ['written in the night before', '2026-11-03T09:00', '2026-11-03T04:30', 'up'],
    ['written the evening before', '2026-11-03T09:00', '2026-11-02T22:15', 'up'],
    ['not yet written, and not late yet', '2026-11-03T07:59', '2026-11-02T05:00', 'up'],
    ['not written when the grace is over', '2026-11-03T08:00', '2026-11-02T05:00', 'down'],
    ['written at last, after the alarm', '2026-11-03T10:00', '2026-11-03T09:30', 'up'],
    ['late yesterday and missing today', '2026-11-03T08:00', '2026-11-02T07:30', 'down'],
    ['late today', '2026-11-03T08:00', '2026-11-03T07:59', 'up'],
    ['of Friday, on Saturday', '2026-11-07T12:00', '2026-11-06T05:00', 'up'],
    ['of Friday, on Sunday', '2026-11-08T23:59', '2026-11-06T05:00', 'up'],
    ['of Friday, on Monday before its time', '2026-11-09T07:59', '2026-11-06T05:00', 'up'],
    ['of Friday, on Monday after it', '2026-11-09T08:00', '2026-11-06T05:00', 'down'],
    ['of Friday night, on Monday', '2026-11-09T08:00', '2026-11-06T23:00', 'up'],
    ['of Thursday, on Saturday', '2026-11-07T12:00', '2026-11-05T05:00', 'down'],
    ['weeks old', '2026-11-04T05:00', '2026-10-02T05:00', 'down'],
  ])('%s: at %s one of %s is %s', (_how, now, written, status) => {
    expect(seenAt(now, written, 'Mon-Fri 06:00', '2h')).toBe(status);
  });

  it('is expected in the time zone of the site', () => {
    const options = optionsOf(file, '/x', { expect: '06:00' });
    const seen = { path: '/x', writtenAt: Date.UTC(2026, 10, 2, 12), size: 5, matches: 1 };

    expect(judge(options, seen, Date.UTC(2026, 10, 3, 10, 59), 'America/New_York').status).toBe('up');
    expect(
      judge(options, { ...seen, writtenAt: Date.UTC(2026, 10, 2, 10) }, Date.UTC(2026, 10, 3, 11), 'America/New_York'),
    ).toMatchObject({
      status: 'down',
      message: '/x was last written 1d 1h ago, expected anew by Tue 2026-11-03 06:00',
    });
  });

  it.each([
    ['up until the grace is over', '2026-11-03T00:59', '2026-11-01T22:00', 'up'],
    ['down after it', '2026-11-03T01:00', '2026-11-01T22:00', 'down'],
    ['up by one that came at half past midnight', '2026-11-03T01:00', '2026-11-03T00:30', 'up'],
  ])('with a grace that passes midnight is %s', (_how, now, written, status) => {
    expect(seenAt(now, written, '23:00', '2h')).toBe(status);
  });

  it.each([
    ['in spring the hour that is skipped counts as its end', '2026-03-29T03:00', '2026-03-28T02:29', 'down'],
    ['in spring nothing is due before', '2026-03-29T01:59', '2026-03-28T02:29', 'up'],
    ['in autumn the hour that comes twice counts once', '2026-10-25T02:30', '2026-10-24T02:29', 'down'],
    ['and the file of that night is good for the day', '2026-10-26T02:29', '2026-10-25T02:20', 'up'],
    ['and no longer', '2026-10-26T02:30', '2026-10-25T02:20', 'down'],
  ])('when the clocks change: %s', (_how, now, written, status) => {
    expect(seenAt(now, written, '02:30')).toBe(status);
  });

  it('keeps its grace of two real hours while the clocks change', () => {
    expect(seenAt('2026-10-25T02:59', '2026-10-24T01:00', '02:00', '2h')).toBe('up');
    expect(seenAt('2026-10-25T03:00', '2026-10-24T01:00', '02:00', '2h')).toBe('down');
    expect(seenAt('2026-03-29T04:29', '2026-03-28T01:00', '01:30', '2h')).toBe('up');
    expect(seenAt('2026-03-29T04:30', '2026-03-28T01:00', '01:30', '2h')).toBe('down');
  });

  it.each([
    ['the morning one is good until the evening', '2026-11-03T17:59', '2026-11-03T05:30', 'up'],
    ['and no longer', '2026-11-03T18:00', '2026-11-03T05:30', 'down'],
    ['on Saturday at noon', '2026-11-07T12:00', '2026-11-06T17:00', 'down'],
    ['on Saturday before noon', '2026-11-07T11:59', '2026-11-06T17:00', 'up'],
  ])('several times: %s', (_how, now, written, status) => {
    expect(seenAt(now, written, ['Mon-Fri 06:00', 'Mon-Fri 18:00', 'Sat 12:00'])).toBe(status);
  });

  it('several times a day with a grace longer than the time between is not asked for the impossible', () => {
    const hourly = ['06:00', '07:00', '08:00'];

    expect(seenAt('2026-11-03T10:00', '2026-11-03T07:55', hourly, '2h')).toBe('up');
    expect(seenAt('2026-11-03T10:00', '2026-11-03T07:25', hourly, '2h')).toBe('down');
  });
});
