import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
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
    ['ack', '1', '--for', 'soon'],
    ['escalate', '1'],
    ['maintenance', 'Website', 'tomorrow'],
  ];

  test.each(wrong.map((args) => ({ args })))('incidentd $args', story, async ({ args }) => {
    await using place = openOffice(configuration({ services }));

    const ended = await place.cli(...args);

    expect(ended).toMatchObject({ status: 2, out: '' });
    expect(ended.err).not.toBe('');
  });
});

test('in a checkout npm gives the same answers, with the same status and nothing of its own', story, async () => {
  const args = ['run', '-s', 'incidentd', '--', 'ack', '1', '--state', '/nonexistent/state'];

  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: join(import.meta.dirname, '../..'), encoding: 'utf8' });

  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^incidentd: no daemon is running on \/nonexistent\/state.*\n$/);
});
