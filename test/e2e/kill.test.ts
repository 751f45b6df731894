import { expect, test } from 'vitest';
import { configuration, ownerOnly } from '../support/configuration.ts';
import { openMailSink } from '../support/mail-sink.ts';
import { openOffice } from '../support/office.ts';
import { quiet, story, until } from '../support/until.ts';
import { openWebsite } from '../support/website.ts';

const [anna, boss] = ['anna@kanzlei.example', 'chef@kanzlei.example'];

function office(websiteUrl: string, mailPort: number, escalation: string) {
  const services = `- { name: Website, impact: high, check: "${websiteUrl}" }`;
  const contacts = 'anna: anna@kanzlei.example\nboss: chef@kanzlei.example\nfirm: support@firm.example';
  return openOffice(configuration({ mail: [mailPort], contacts, escalation, services }));
}

test('killed while the mail server is away, it loses nothing, repeats nothing and goes on where it was', story, async () => {
  await using website = await openWebsite();
  await using sink = await openMailSink();
  await using place = office(
    website.url,
    sink.port,
    '- notify: owner\n- notify: boss\n  after: 3s\n- notify: firm\n  after: 10s',
  );
  const first = await place.run();
  await sink.down();
  await website.stop();
  const opened = await place.incident('that a mail tried to tell', ({ notifications }) => (notifications[0]?.attempts ?? 0) > 0);

  await first.end('SIGKILL');
  await sink.up();
  const second = await place.run();
  await sink.letter('to the first level', ({ recipients }) => recipients.includes(anna));
  await sink.letter('to the second level', ({ recipients }) => recipients.includes(boss));
  await place.cli('ack', opened.id, '--for', '2h', '--by', 'anna');
  await place.incident(
    'taken, which is told',
    ({ notifications }) => notifications.filter(({ state }) => state === 'sent').length === 4,
  );
  await second.end('SIGKILL');
  await place.run();
  await quiet(Math.max(0, Date.parse(opened.openedAt) + 11_500 - Date.now()));
  const [still] = await place.incidents();
  await website.start();
  await sink.letter('the end', ({ subject }) => subject.startsWith('[resolved]'));

  expect(still).toMatchObject({ id: opened.id, status: 'open', openedAt: opened.openedAt, acknowledged: { by: 'anna' } });
  expect(await place.incidents()).toHaveLength(1);
  expect(sink.to('support@firm.example')).toEqual([]);
  expect(new Set(sink.letters.map(({ messageId }) => messageId)).size).toBe(sink.letters.length);
  expect(sink.to(anna).map(({ subject }) => subject.slice(0, 5))).toEqual(['[P1] ', '[P1] ', '[reso']);
});

test('killed between the commit and the answer of the mail server, it sends the same Message-ID again, once', story, async () => {
  await using website = await openWebsite();
  await using sink = await openMailSink();
  await using place = office(website.url, sink.port, ownerOnly);
  const first = await place.run();
  sink.manner = 'hang';
  await website.stop();
  const held = await sink.letter('held in DATA', () => true);

  await first.end('SIGKILL');
  sink.manner = 'accept';
  await place.run();
  const again = await sink.letter('again', ({ isAccepted }) => isAccepted);
  await quiet(2500);

  expect(again.messageId).toBe(held.messageId);
  expect(again.subject).toBe(held.subject);
  expect(sink.letters).toHaveLength(2);
  expect(await place.incidents()).toMatchObject([{ status: 'open', notifications: [{ to: 'anna', state: 'sent' }] }]);
});

test('killed before anybody knew, it opens the incident afresh and tells it once', story, async () => {
  await using website = await openWebsite();
  await using sink = await openMailSink();
  await using place = office(website.url, sink.port, ownerOnly);
  const first = await place.run();
  await website.stop();
  await until('a failing look', async () => (await place.status()).services[0]?.soft);

  await first.end('SIGKILL');
  await place.run();
  await sink.letter('the opening', () => true);
  await quiet(2500);

  expect(sink.letters).toHaveLength(1);
  expect(await place.incidents()).toHaveLength(1);
});
