import { mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshCell } from '../../src/core/observe.ts';
import { emptyRecord } from '../../src/core/record.ts';
import { openHistory } from '../../src/store/history.ts';
import { openLiveRecord } from '../../src/store/live-record.ts';
import { noteOrigin } from '../../src/store/origin.ts';
import { incident, notification, start } from '../texts/sample.ts';
import { newFolder } from '../web/support/api.ts';
import { type } from './support/world.ts';

const configuration = `
site: Kanzlei Sommer
timezone: Europe/Berlin
contacts: { anna: anna@kanzlei.example }
services:
  - { name: Website, impact: high, check: https://www.kanzlei.example }
  - { name: Router, check: ping://192.0.2.1 }
  - { name: Printer, check: tcp://192.0.2.2:9100 }
`;

/** What a daemon leaves: an open incident, a closed one and a check that is up in the history, another that is down in the record. */
async function leftBehind(): Promise<{ readonly folder: string; readonly places: readonly string[] }> {
  const folder = newFolder();
  const store = await openLiveRecord(folder);
  const told = notification({ state: 'queued' });
  const cell = { ...freshCell, hard: 'down' as const, since: start, lastAt: start, lastKnownAt: start };
  await store.commit({
    ...emptyRecord,
    ids: { year: 2026, last: 42 },
    incidents: new Map([['INC-2026-0042', incident()]]),
    outbox: new Map([[told.key, told]]),
    cells: new Map([['Website/http:https://www.kanzlei.example', cell]]),
  });
  const history = openHistory(folder);
  for (const at of [start - 7_200_000, start])
    history.note({ check: 'Router/ping:192.0.2.1', at, seen: 'up', message: '3 of 3 answers', measures: [] });
  await history.archive(incident({ id: 'INC-2026-0007', status: 'closed', openedAt: start - 86_400_000 }), []);
  await history.close();
  writeFileSync(join(folder, 'office.yaml'), configuration);
  return { folder, places: ['--state', folder, '-c', join(folder, 'office.yaml')] };
}

describe('without a daemon', () => {
  it('status tells what is left of services, incidents and mails, and says that it is only that', async () => {
    const { folder, places } = await leftBehind();

    const { status, out, err } = await type(['status', ...places]);

    expect(status).toBe(0);
    expect(err).toBe(
      `incidentd: no daemon is running on ${folder}; this is what it left behind, read with ${folder}/office.yaml\n`,
    );
    expect(out).toMatch(/^Website +down +today 14:05 +stale$/m);
    expect(out).toMatch(/^Router +up +today 12:05 +stale$/m);
    expect(out).toMatch(/^Router: ping 192.0.2.1 up, stale \(last looked today 14:05\): 3 of 3\s+answers$/m);
    expect(out).toMatch(/^Printer +unknown +– +stale$/m);
    expect(out).toMatch(/^Printer: tcp 192.0.2.2:9100 unknown, stale \(no result yet\)$/m);
    expect(out).toMatch(/^INC-2026-0042 +P1/m);
    expect(out).toContain('1 mail is waiting');
  });

  it('incidents and show read record and history, and change nothing in the folder', async () => {
    const { folder, places } = await leftBehind();
    const before = readdirSync(folder);

    const open = JSON.parse((await type(['incidents', '--json', ...places])).out);
    const all = JSON.parse((await type(['incidents', '--all', '--json', ...places])).out);
    const shown = JSON.parse((await type(['show', '7', '--json', ...places])).out);

    expect(open.map(({ id }: { id: string }) => id)).toEqual(['INC-2026-0042']);
    expect(all.map(({ id }: { id: string }) => id)).toEqual(['INC-2026-0042', 'INC-2026-0007']);
    expect(shown).toMatchObject({ id: 'INC-2026-0007', status: 'closed' });
    expect(readdirSync(folder)).toEqual(before);
  });

  it('a socket that nobody listens on any more is no daemon', async () => {
    const { folder, places } = await leftBehind();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(folder, 'elsewhere.sock'), resolve));
    renameSync(join(folder, 'elsewhere.sock'), join(folder, 'control.sock'));
    await new Promise((resolve) => server.close(resolve));

    expect(statSync(join(folder, 'control.sock')).isSocket()).toBe(true);
    expect((await type(['incidents', ...places])).err).toContain('no daemon is running');
  });

  it('a configuration that cannot be used costs the services only', async () => {
    const { folder, places } = await leftBehind();
    const config = join(folder, 'office.yaml');
    writeFileSync(config, 'services: [{ nam: x }]');

    const { status, out, err } = await type(['status', ...places]);

    expect(status).toBe(0);
    expect(err).toContain(`${config} cannot be used, so services are not shown; incidentd validate -c ${config} says why\n`);
    expect(out).toMatch(/^INC-2026-0042/m);
  });

  it('a history that cannot be read costs only what was up', async () => {
    const { folder, places } = await leftBehind();
    writeFileSync(join(folder, 'history.db'), 'x'.repeat(5000));

    const { status, out, err } = await type(['status', ...places]);

    expect(status).toBe(0);
    expect(err).toMatch(/^incidentd: .*history\.db cannot be read: .*; what was up is shown as unknown$/m);
    expect(out).toMatch(/^Website +down/m);
    expect(out).toMatch(/^Router +unknown/m);
  });

  it('the folder says which configuration it belongs to, unless another is named', async () => {
    const { folder, places } = await leftBehind();
    const config = join(folder, 'office.yaml');
    const other = join(folder, 'other.yaml');
    await noteOrigin(folder, config);
    writeFileSync(other, 'site: Elsewhere\nservices: []\n');

    const found = await type(['status', '--state', folder]);
    const named = await type(['status', '--state', folder, '-c', other]);
    const fromEnvironment = await type(['status', '--state', folder], { env: { INCIDENTD_CONFIG: other } });

    expect(found).toEqual(await type(['status', ...places]));
    expect(found.out).toMatch(/^Router +up/m);
    for (const { out, err } of [named, fromEnvironment]) {
      expect(out).toMatch(/^Elsewhere/);
      expect(err).toContain(`read with ${other}\n`);
    }
  });

  it('a configuration that is gone is said in one line', async () => {
    const { folder } = await leftBehind();
    await noteOrigin(folder, '/nowhere/office.yaml');

    const { status, out, err } = await type(['status', '--state', folder]);

    expect(status).toBe(0);
    expect(err).toBe(`incidentd: no daemon is running on ${folder}; this is what it left behind
incidentd: the configuration /nowhere/office.yaml is not there, so services are not shown; name another with -c
`);
    expect(out).toMatch(/^INC-2026-0042/m);
  });

  it('a damaged record is said in one line', async () => {
    const folder = newFolder();
    for (const name of ['record.json', 'record.json.1', 'record.json.2', 'record.json.3'])
      writeFileSync(join(folder, name), '{"cut');

    const { status, out, err } = await type(['status', '--state', folder]);

    expect([status, out]).toEqual([1, '']);
    expect(err).toMatch(/^incidentd: .*record\.json.*\n$/);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it.each([['status'], ['incidents'], ['show', '42']])('%s exits with 1 where nothing was left', async (...words) => {
    const folder = join(newFolder(), 'empty');
    mkdirSync(folder);

    const { status, out, err } = await type([...words, '--state', folder]);

    expect([status, out]).toEqual([1, '']);
    expect(err).toContain(`no daemon is running on ${folder}, and none has left anything there`);
    expect(readdirSync(folder)).toEqual([]);
  });
});
