import { describe, expect, test } from 'vitest';
import { configuration, websiteAt } from '../support/configuration.ts';
import { openOffice } from '../support/office.ts';
import { story } from '../support/until.ts';
import { openWebsite } from '../support/website.ts';

const services = '- { name: Website, impact: high, check: "http://127.0.0.1:1/" }';

test('without a daemon the register can be read, which says so, and nothing can be done', story, async () => {
  await using website = await openWebsite();
  await using place = openOffice(configuration({ services: websiteAt(website.url) }));
  const daemon = await place.run();
  await website.stop();
  await place.incident('open', ({ status }) => status === 'open');
  await daemon.end('SIGTERM');

  const status = await place.cli('status');
  const json = await place.cli('status', '--json');
  const incidents = await place.cli('incidents');
  const shown = await place.cli('show', '1');
  const unknown = await place.cli('show', '77');
  const acted = await place.cli('ack', '1', '--by', 'anna');

  for (const { status: code, out } of [status, incidents, shown])
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('Website') });
  for (const { out, err } of [status, incidents, shown]) expect(`${out}${err}`).toMatch(/no daemon is running/);
  expect(JSON.parse(json.out)).toMatchObject({ incidents: [{ status: 'open', services: ['Website'] }] });
  expect(unknown.status).toBe(1);
  expect(acted.status).toBe(1);
  expect(acted.err).toMatch(/incidentd run/);
});

describe('wrong usage ends with 2 and says what is right', () => {
  const wrong = [
    ['ack'],
    ['ack', '1', '--for', 'soon'],
    ['ack', 'nonsense'],
    ['escalate', '1'],
    ['status', '--jsn'],
    ['report'],
    ['maintenance', 'Website', 'tomorrow'],
    ['show', '1', '2'],
  ];

  test.each(wrong.map((args) => ({ args })))('incidentd $args', story, async ({ args }) => {
    await using place = openOffice(configuration({ services }));

    const ended = await place.cli(...args);

    expect(ended).toMatchObject({ status: 2, out: '' });
    expect(ended.err).not.toBe('');
  });
});
