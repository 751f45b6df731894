import { expect, test } from 'vitest';
import { configuration, ownerOnly } from '../support/configuration.ts';
import { openMailSink } from '../support/mail-sink.ts';
import { openOffice } from '../support/office.ts';
import { story, until } from '../support/until.ts';

test('a job that says nothing in time is down, and so is one that says it failed', story, async () => {
  await using sink = await openMailSink();
  const services = '- { name: Backup, impact: high, check: { heartbeat: 2s, grace: 1s } }';
  await using place = openOffice(configuration({ mail: [sink.port], escalation: ownerOnly, services }));
  await place.run();
  const isUp = async () => (await place.status()).services[0]?.status === 'up';

  const first = await place.cli('beat', 'Backup');
  await until('up after a heartbeat', isUp);
  const silent = await place.incident('of a silent job', ({ status }) => status === 'open');
  await place.cli('beat', 'Backup/heartbeat:2s');
  await until('up after another heartbeat', isUp);
  const failed = await place.cli('beat', 'Backup', '--fail');
  const again = await place.incident('of a failed job', ({ status, recoveredAt }) => status === 'open' && recoveredAt === null);
  const unknown = await place.cli('beat', 'Backups');

  expect(first.status).toBe(0);
  expect(silent).toMatchObject({ kind: 'outage', services: ['Backup'], priority: 'P1', cause: { code: 'outdated' } });
  expect(failed.status).toBe(0);
  expect(again.services).toEqual(['Backup']);
  expect(unknown).toMatchObject({ status: 1, err: expect.stringContaining('Backup') });
});
