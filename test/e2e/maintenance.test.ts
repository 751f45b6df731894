import { expect, test } from 'vitest';
import { configuration, ownerOnly, websiteAt } from '../support/configuration.ts';
import { openMailSink } from '../support/mail-sink.ts';
import { openOffice } from '../support/office.ts';
import { quiet, story, until } from '../support/until.ts';
import { openWebsite } from '../support/website.ts';

test('failures within a window open nothing; at its end the state is confirmed afresh and opened', story, async () => {
  await using website = await openWebsite();
  await using sink = await openMailSink();
  await using place = openOffice(configuration({ mail: [sink.port], escalation: ownerOnly, services: websiteAt(website.url) }));
  await place.run();

  const begun = await place.cli('maintenance', 'Website', '1h', '--reason', 'New server', '--by', 'anna');
  const listed = await place.cli('maintenance');
  await website.stop();
  await until('the failure on record', async () => (await place.status()).services[0]?.status === 'down');
  await quiet(2000);
  const inside = { incidents: await place.incidents(), letters: [...sink.letters] };
  const endedAt = Date.now();
  const ended = await place.cli('maintenance', 'Website', 'end', '--by', 'anna');
  const opened = await place.incident('open', ({ status }) => status === 'open');
  await sink.letter('of the outage', ({ subject }) => subject.startsWith('[P1] Website: '));

  expect(begun).toMatchObject({ status: 0, err: '' });
  expect(listed).toMatchObject({ status: 0, out: expect.stringMatching(/Website.*New server.*anna/) });
  expect(inside).toEqual({ incidents: [], letters: [] });
  expect(ended).toMatchObject({ status: 0, err: '' });
  expect(Date.parse(opened.startedAt)).toBeGreaterThanOrEqual(endedAt);
});
