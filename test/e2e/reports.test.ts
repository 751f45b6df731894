import { expect, test } from 'vitest';
import { configuration, ownerOnly, websiteAt } from '../support/configuration.ts';
import { type MailSink, openMailSink } from '../support/mail-sink.ts';
import { openOffice } from '../support/office.ts';
import { story } from '../support/until.ts';
import { openWebsite } from '../support/website.ts';

const [anna, boss, eva] = ['anna@kanzlei.example', 'chef@kanzlei.example', 'eva@kanzlei.example'];
const contacts = `anna: ${anna}\nboss: ${boss}\neva: ${eva}`;

function end(sink: MailSink, recipient: string) {
  const wanted = ({ recipients, subject }: { readonly recipients: readonly string[]; readonly subject: string }) =>
    recipients.includes(recipient) && subject.startsWith('[resolved]');
  return sink.letter(`the end, to ${recipient}`, wanted);
}

test(
  'a person reports, hands over, writes, records what it was and closes; the reporter gets the number and the end',
  story,
  async () => {
    await using website = await openWebsite();
    await using sink = await openMailSink();
    const escalation = '- notify: owner\n- notify: boss\n  after: 1h';
    await using place = openOffice(configuration({ mail: [sink.port], contacts, escalation, services: websiteAt(website.url) }));
    await place.run();

    const reported = await place.cli('report', 'The shop shows <b>wrong</b> prices', '--service', 'Website', '--by', 'eva');
    const acts = [
      await place.cli('assign', '1', 'boss', '--by', 'anna'),
      await place.cli('note', '1', 'prices come from the old table', '--by', 'anna'),
      await place.cli('release', '1', '--by', 'boss'),
      await place.cli('resolve', '1', '--cause', 'old table', '--fix', 'table renewed', '--by', 'anna'),
      await place.cli('close', '1', '--by', 'anna'),
    ];
    const ends = [await end(sink, anna), await end(sink, boss), await end(sink, eva)];
    const [incident] = await place.json<object[]>('incidents', '--all');

    expect(reported).toMatchObject({ status: 0, out: expect.stringMatching(/INC-\d{4}-0001.*P2/) });
    for (const act of acts) expect(act).toMatchObject({ status: 0, err: '', out: expect.stringMatching(/INC-\d{4}-0001/) });
    expect(incident).toMatchObject({
      ...{ kind: 'report', status: 'closed', source: 'person', severity: 'major', impact: 'high', priority: 'P2' },
      services: ['Website'],
      cause: { code: 'reported' },
      resolution: { cause: 'old table', fix: 'table renewed', by: 'anna' },
    });
    expect((incident as { timeline: readonly { by?: string }[] }).timeline.flatMap(({ by }) => by ?? [])).toEqual(
      expect.arrayContaining(['eva', 'anna', 'boss']),
    );
    const [receipt, ...later] = sink.to(eva);
    expect(receipt?.text).toMatch(/INC-\d{4}-0001/);
    expect(receipt?.html).toContain('&lt;b&gt;wrong');
    expect(later).toHaveLength(1);
    for (const { text } of ends) expect(text).toMatch(/old table[\s\S]*table renewed/);
    expect(sink.to(boss)[0]?.subject).toMatch(/^\[P2\] Website: /);
  },
);

test('a report on a service with an open incident joins it; one without a service stands alone', story, async () => {
  await using website = await openWebsite();
  await using sink = await openMailSink();
  await using place = openOffice(
    configuration({ mail: [sink.port], contacts, escalation: ownerOnly, services: websiteAt(website.url) }),
  );
  await place.run();
  await website.stop();
  await place.incident('open', ({ status }) => status === 'open');
  await place.cli('ack', '1', '--by', 'anna');

  const joined = await place.cli('report', 'The website is white', '--service', 'Website', '--by', 'eva');
  const alone = await place.cli('report', 'It smells of smoke', '--by', 'Nina from reception');
  const nowhere = await place.cli('report', 'It is broken', '--service', 'Webseite');
  const incidents = await place.json<object[]>('incidents');
  await website.start();
  await end(sink, eva);

  expect(joined).toMatchObject({ status: 0, out: expect.stringMatching(/INC-\d{4}-0001 since .*anna is on it/) });
  expect(alone).toMatchObject({ status: 0, out: expect.stringMatching(/INC-\d{4}-0002/) });
  expect(nowhere).toMatchObject({ status: 1, err: expect.stringContaining('Website') });
  expect(incidents).toMatchObject([
    { id: expect.stringMatching(/-0002$/), kind: 'report', services: [], impact: 'medium', severity: 'major', priority: 'P3' },
    { kind: 'outage', timeline: expect.arrayContaining([expect.objectContaining({ by: 'eva' })]) },
  ]);
  expect(sink.to(eva)[0]?.text).toContain('anna');
});
