import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { configuration, ownerOnly, websiteAt } from '../support/configuration.ts';
import { openMailSink } from '../support/mail-sink.ts';
import { openOffice } from '../support/office.ts';
import { quiet, story, until } from '../support/until.ts';
import { openWebsite } from '../support/website.ts';

test('the second mail server takes what the first one cannot', story, async () => {
  await using website = await openWebsite();
  await using dead = await openMailSink();
  await using sink = await openMailSink();
  await dead.down();
  await using place = openOffice(
    configuration({
      mail: [dead.port, sink.port],
      escalation: ownerOnly,
      services: websiteAt(website.url),
    }),
  );
  await place.run();

  await website.stop();
  await sink.letter('through the second server', () => true);
  const sent = await place.incident('told', ({ notifications }) => notifications[0]?.state === 'sent');

  expect(sent.notifications).toMatchObject([{ to: 'anna', state: 'sent' }]);
  expect(sink.letters).toHaveLength(1);
});

test('a mail that could not leave goes when the server is back, once', story, async () => {
  await using website = await openWebsite();
  await using sink = await openMailSink();
  await sink.down();
  await using place = openOffice(
    configuration({
      mail: [sink.port],
      escalation: ownerOnly,
      services: websiteAt(website.url),
    }),
  );
  await place.run();

  await website.stop();
  await place.incident('open', ({ status }) => status === 'open');
  await quiet(2000);
  const status = await place.json<{ outbox: object }>('status');
  await sink.up();
  await sink.letter('at last', () => true, 45_000);
  await quiet(2000);

  expect(status.outbox).toMatchObject({ pending: 1, oldestAt: expect.any(String) });
  expect(sink.letters).toHaveLength(1);
});

test('a recipient that is refused for good is shown, the next person is told at once, and the admin', story, async () => {
  await using website = await openWebsite();
  await using sink = await openMailSink();
  sink.refused.add('support@firm.example');
  await using place = openOffice(
    configuration({
      mail: [sink.port],
      contacts: 'anna: anna@kanzlei.example\nboss: chef@kanzlei.example\nfirm: support@firm.example',
      escalation: '- notify: owner\n- notify: boss\n  after: 1h',
      services: `- { name: Website, impact: high, owner: firm, check: "${website.url}" }`,
    }),
  );
  await place.run();

  await website.stop();
  const toBoss = await sink.letter('to the next level', ({ recipients }) => recipients.includes('chef@kanzlei.example'));
  const toAdmin = await sink.letter('to the admin', ({ recipients }) => recipients.includes('anna@kanzlei.example'));
  const [incident] = await place.incidents();
  const shown = await place.cli('show', '1');

  expect(toBoss.subject).toMatch(/^\[P1\] Website: /);
  expect(toAdmin.text).toContain('support@firm.example');
  expect(incident?.notifications).toContainEqual(expect.objectContaining({ to: 'firm', state: 'failed' }));
  expect(shown.out).toMatch(/firm.*not delivered/);
});

test('an answer that is lost after the final dot makes no copy at once, and the record says so', story, async () => {
  await using website = await openWebsite();
  await using sink = await openMailSink();
  sink.manner = 'drop';
  await using place = openOffice(
    configuration({
      mail: [sink.port],
      escalation: ownerOnly,
      services: websiteAt(website.url),
    }),
  );
  await place.run();

  await website.stop();
  await place.incident('uncertain', ({ notifications }) => notifications[0]?.state === 'uncertain');
  sink.manner = 'accept';
  await quiet(2500);

  expect(sink.letters).toHaveLength(1);
});

test('without a mail server every mail becomes a file in the state folder', story, async () => {
  await using website = await openWebsite();
  await using place = openOffice(configuration({ escalation: ownerOnly, services: websiteAt(website.url) }));
  await place.run();

  await website.stop();
  const name = await until('a mail as a file', () =>
    readdirSync(place.state, { recursive: true, encoding: 'utf8' }).find((path) => path.endsWith('.eml')),
  );
  const mail = await simpleParser(readFileSync(join(place.state, name)));

  expect(mail.subject).toMatch(/^\[P1\] Website: /);
  expect(mail.text).toContain('Website has not been working');
});
