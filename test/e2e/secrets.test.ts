import { expect, test } from 'vitest';
import { configuration } from '../support/configuration.ts';
import { openMailSink } from '../support/mail-sink.ts';
import { openOffice } from '../support/office.ts';
import { story } from '../support/until.ts';
import { openWebsite } from '../support/website.ts';

test('secrets stay out of the log, mails, answers and records', story, async () => {
  await using website = await openWebsite((_, response) => response.writeHead(500).end());
  await using closed = await openMailSink({ refusesLogins: true });
  await using sink = await openMailSink();
  const login = website.url.replace('http://', 'http://monitor:canary-url@');
  const yaml = configuration({
    escalation: '- notify: owner',
    services: `- { name: Website, impact: high, check: { http: !env SITE_URL } }
- { name: Shop, impact: high, check: "${login}shop" }`,
  }).replace(
    'contacts:',
    `  servers:
    - { url: "smtp://127.0.0.1:${closed.port}", user: monitor, password: !file smtp.password }
    - { url: "smtp://127.0.0.1:${sink.port}" }
contacts:`,
  );
  await using place = openOffice(yaml, { env: { SITE_URL: `${login}login` } });
  place.write('smtp.password', 'canary-file\n');
  const daemon = await place.run();

  await sink.letter('of the website', ({ subject }) => subject.includes('Website'));
  await sink.letter('of the shop', ({ subject }) => subject.includes('Shop'));
  const answers = [
    await place.cli('validate'),
    await place.cli('status'),
    await place.cli('status', '--json'),
    await place.cli('show', '1'),
    await place.cli('probe'),
    await place.cli('test-mail', 'anna'),
  ];
  place.write('incidentd.yaml', yaml.replace('impact: high', 'impact: canary'));
  daemon.signal('SIGHUP');
  await sink.letter('of the refused configuration', ({ text }) => text.includes('low, medium, high'));
  await daemon.end('SIGTERM');

  for (const { out, err } of answers) {
    expect(`${out}${err}`).not.toMatch(/canary-/);
  }
  expect(`${daemon.out()}${daemon.err()}`).not.toMatch(/canary-/);
  for (const { raw, text, html } of sink.letters) expect(`${raw}${text}${html}`).not.toMatch(/canary-/);
});
