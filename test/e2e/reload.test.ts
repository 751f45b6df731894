import { expect, test } from 'vitest';
import { configuration } from '../support/configuration.ts';
import { openMailSink } from '../support/mail-sink.ts';
import { openOffice } from '../support/office.ts';
import { quiet, story, until } from '../support/until.ts';
import { openWebsite } from '../support/website.ts';

test(
  'a changed file is taken over: new services are watched, removed ones told to the admin and to those concerned',
  story,
  async () => {
    await using website = await openWebsite();
    await using shop = await openWebsite();
    await using sink = await openMailSink();
    const yaml = (services: string) => configuration({ mail: [sink.port], escalation: '- notify: owner', services });
    const old = `- { name: Website, check: "${website.url}" }\n- { name: Shop, impact: high, owner: boss, check: "${shop.url}" }`;
    await using place = openOffice(yaml(old));
    await place.run();
    await shop.stop();
    await sink.letter('that the shop is down', ({ recipients }) => recipients.includes('chef@kanzlei.example'));

    place.write(
      'incidentd.yaml',
      yaml(`- { name: Website, check: "${website.url}" }\n- { name: Intranet, check: "${website.url}intranet" }`),
    );
    await until('the new service to be up', async () => {
      const { services } = await place.status();
      return services.find(({ name, status }) => name === 'Intranet' && status === 'up');
    });
    const toAdmin = await sink.letter(
      'to the admin',
      ({ text, recipients }) => recipients.includes('anna@kanzlei.example') && text.includes('Shop'),
    );
    const toOwner = await sink.letter(
      'no longer watched',
      ({ text, recipients }) => recipients.includes('chef@kanzlei.example') && /no longer watched/.test(text),
    );
    const { services } = await place.status();

    expect(services.map(({ name }) => name)).toEqual(['Website', 'Intranet']);
    expect(toAdmin.subject).not.toContain('[resolved]');
    expect(toOwner.subject).not.toContain('[resolved]');
    expect(sink.letters.filter(({ subject, text }) => subject.includes('[resolved]') || /working again/.test(text))).toEqual([]);
    expect(await place.incidents()).toMatchObject([{ services: ['Shop'], closedAt: expect.any(String), recoveredAt: null }]);
  },
);

test('an invalid file is refused, told to the admin once, and the old one stays in force', story, async () => {
  await using website = await openWebsite();
  await using sink = await openMailSink();
  const valid = configuration({ mail: [sink.port], services: `- { name: Website, impact: high, check: "${website.url}" }` });
  await using place = openOffice(valid);
  const daemon = await place.run();

  place.write('incidentd.yaml', valid.replace('impact: high', 'impakt: high'));
  daemon.signal('SIGHUP');
  const letter = await sink.letter('that the configuration is refused', () => true);
  daemon.signal('SIGHUP');
  await quiet(2000);
  await website.stop();
  await sink.letter('of the outage', ({ subject }) => subject.startsWith('[P1] Website: '));

  expect(letter.recipients).toEqual(['anna@kanzlei.example']);
  expect(letter.text).toMatch(/incidentd\.yaml:\d+:\d+: .*impakt/);
  expect(sink.letters.filter(({ text }) => text.includes('impakt'))).toHaveLength(1);
  expect(daemon.out()).toMatch(/incidentd\.yaml:\d+:\d+: .*impakt/);
});
