import { chmodSync, chownSync, constants, mkdirSync, statSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { configuration, ownerOnly, websiteAt } from '../support/configuration.ts';
import { openMailSink } from '../support/mail-sink.ts';
import { openOffice } from '../support/office.ts';
import { story } from '../support/until.ts';
import { openWebsite } from '../support/website.ts';

const nobody = 65_534;

/** Root may write everywhere, so a read-only folder needs another user, who must be able to read this checkout. */
function canBecomeNobody(): boolean {
  if (process.getuid?.() !== 0) return false;
  for (let folder = import.meta.dirname; folder !== '/'; folder = dirname(folder)) {
    if ((statSync(folder).mode & constants.S_IXOTH) === 0) return false;
  }
  return true;
}

test('a second daemon on the same state folder leaves at once with a clear line, and the first goes on', story, async () => {
  await using website = await openWebsite();
  await using place = openOffice(configuration({ services: `- { name: Website, check: "${website.url}" }` }));
  const daemon = await place.run();

  const second = await place.cli('run');
  const after = await place.cli('status');

  expect(second.status).toBe(3);
  expect(second.tookMs).toBeLessThan(5000);
  expect(second.err.trim().split('\n')).toEqual([expect.stringContaining(place.state)]);
  expect(daemon.isRunning()).toBe(true);
  expect(after).toMatchObject({ status: 0, out: expect.stringContaining('Website') });
});

test('SIGTERM stops it cleanly in under five seconds beside a hanging check and a hanging mail server', story, async () => {
  await using website = await openWebsite();
  await using slow = await openWebsite(() => {});
  await using sink = await openMailSink();
  await using place = openOffice(
    configuration({
      mail: [sink.port],
      services: `- { name: Website, impact: high, check: "${website.url}" }
- { name: Slow, check: "${slow.url}", timeout: 1m, interval: 2m }`,
    }),
  );
  const daemon = await place.run();
  sink.manner = 'hang';
  await website.stop();
  await sink.letter('held in DATA', () => true);

  const ended = await daemon.end('SIGTERM');
  const left = await place.json<object[]>('incidents');

  expect(ended).toMatchObject({ status: 0, signal: null, err: '' });
  expect(ended.tookMs).toBeLessThan(5000);
  expect(slow.visits).toHaveLength(1);
  expect(left).toMatchObject([{ status: 'open', notifications: [{ to: 'anna', state: 'uncertain' }] }]);
});

test('a record that was damaged while it was off is taken from its last good copy, and the admin is told', story, async () => {
  await using website = await openWebsite();
  await using sink = await openMailSink();
  await using place = openOffice(configuration({ mail: [sink.port], escalation: ownerOnly, services: websiteAt(website.url) }));
  const first = await place.run();
  await website.stop();
  await sink.letter('of the outage', () => true);
  await place.cli('ack', '1', '--by', 'anna');
  await place.incident(
    'taken, and told',
    ({ notifications }) => notifications.filter(({ state }) => state === 'sent').length === 2,
  );
  await first.end('SIGTERM');

  const record = join(place.state, 'record.json');
  truncateSync(record, Math.floor(statSync(record).size / 2));
  await place.run();
  const letter = await sink.letter('to the admin', ({ subject }) => !subject.includes('INC-'));
  const incidents = await place.incidents();

  expect(incidents).toMatchObject([{ id: expect.stringMatching(/-0001$/), status: 'open', acknowledged: { by: 'anna' } }]);
  expect(letter).toMatchObject({ recipients: ['anna@kanzlei.example'], text: expect.stringContaining('record.json') });
});

test('a state folder in which nothing can be written is refused with a line that names it', story, async () => {
  const services = '- { name: Website, check: "http://127.0.0.1:1/" }';
  await using blocked = openOffice(configuration({ services }));
  blocked.write('state', 'a file where the folder should be');

  const ended = await blocked.cli('run');

  expect(ended).toMatchObject({ status: 1, out: '' });
  expect(ended.err.trim().split('\n')).toEqual([expect.stringContaining(blocked.state)]);
});

test.skipIf(!canBecomeNobody())('a read-only state folder is refused with a line that names it', story, async () => {
  const services = '- { name: Website, check: "http://127.0.0.1:1/" }';
  await using place = openOffice(configuration({ services }), { user: nobody });
  mkdirSync(place.state);
  chmodSync(place.state, 0o500);
  chownSync(place.state, nobody, nobody);

  const ended = await place.cli('run');

  expect(ended).toMatchObject({ status: 1, out: '' });
  expect(ended.err.trim().split('\n')).toEqual([expect.stringMatching(`${place.state}.*permission.*`)]);
});
