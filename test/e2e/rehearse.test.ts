import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configuration, websiteAt } from '../support/configuration.ts';
import { openOffice } from '../support/office.ts';
import { story } from '../support/until.ts';
import { openWebsite } from '../support/website.ts';

const starter = join(import.meta.dirname, '../../config/incidentd.yaml');

test('with the configuration that comes along a failure can be rehearsed, and leaves nothing behind', story, async () => {
  await using place = openOffice(readFileSync(starter, 'utf8'));

  const { status, out, err } = await place.cli('rehearse', 'gateway');
  const unknown = await place.cli('rehearse', 'Gatway');

  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(out).toMatch(/P1 outage: severity critical, impact high, category network/);
  expect(out).toMatch(/first message to anna/);
  expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  expect(() => readdirSync(place.state)).toThrow('ENOENT');
  expect(unknown).toMatchObject({ status: 1, out: '', err: expect.stringContaining('did you mean "Gateway"?') });
});

test('beside a running daemon it knows what is open, and disturbs nothing', story, async () => {
  await using website = await openWebsite();
  await using place = openOffice(configuration({ services: websiteAt(website.url) }));
  const daemon = await place.run();
  await website.stop();
  await place.incident('told', ({ notifications }) => notifications.some(({ state }) => state === 'sent'));
  const before = readdirSync(place.state).toSorted();

  const said = await place.json<{ instead: string; incident: { id: string } }>('rehearse', 'Website', '--json');

  const incidents = await place.incidents();
  expect(said).toMatchObject({ instead: 'joins', incident: { id: incidents[0]?.id } });
  expect(incidents).toHaveLength(1);
  expect(readdirSync(place.state).toSorted()).toEqual(before);
  expect(daemon.isRunning()).toBe(true);
});
