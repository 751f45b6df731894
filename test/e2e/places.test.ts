import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { configuration, websiteAt } from '../support/configuration.ts';
import { watched } from '../support/daemon.ts';
import { openOffice } from '../support/office.ts';
import { story, until } from '../support/until.ts';
import { openWebsite } from '../support/website.ts';

const root = join(import.meta.dirname, '../..');

/** Somebody's shell in a folder of their own. */
function typed(folder: string, program: string, ...words: readonly string[]) {
  return watched(spawn(program, words, { cwd: folder, env: { PATH: process.env.PATH, HOME: folder } })).ended();
}

test('without a daemon its folder is enough to read what was up last, and with which configuration', story, async () => {
  await using website = await openWebsite();
  await using place = openOffice(configuration({ services: websiteAt(website.url) }));
  const daemon = await place.run();
  await until('a first look', async () => (await place.status()).services.every(({ status }) => status === 'up'));
  await daemon.end('SIGTERM');

  const { status, out, err } = await typed(
    dirname(place.config),
    process.execPath,
    join(root, 'src/main.ts'),
    'status',
    '--state',
    'state',
  );

  expect(status).toBe(0);
  expect(err).toBe(`incidentd: no daemon is running on ${place.state}; this is what it left behind, read with ${place.config}\n`);
  expect(out).toMatch(/^Website +up +today \d\d:\d\d/m);
});

test('a relative path means the folder in which npm was called', story, async () => {
  await using place = openOffice(configuration({ services: websiteAt('http://127.0.0.1:1/') }));
  const folder = dirname(place.config);
  const npm = ['--prefix', root, 'run', '-s', 'incidentd', '--'];

  const valid = await typed(folder, 'npm', ...npm, 'validate', '-c', 'incidentd.yaml');
  const nobody = await typed(folder, 'npm', ...npm, 'ack', '1', '--state', 'state');

  expect(valid).toMatchObject({ status: 0, out: expect.stringContaining(`${place.config} is valid`) });
  expect(nobody.err).toContain(`no daemon is running on ${place.state};`);
});
