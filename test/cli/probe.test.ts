import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyRecord } from '../../src/core/record.ts';
import { openLiveRecord } from '../../src/store/live-record.ts';
import { start } from '../texts/sample.ts';
import { newFolder } from '../web/support/api.ts';
import { type, widthOf } from './support/world.ts';

interface Port extends AsyncDisposable {
  readonly port: number;
}

async function listening(): Promise<Port> {
  const server = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

async function unused(): Promise<number> {
  await using closed = await listening();
  return closed.port;
}

function office(services: string): string {
  const folder = newFolder();
  writeFileSync(join(folder, 'office.yaml'), `services:\n${services}\n`);
  return folder;
}

function probe(folder: string, ...words: string[]) {
  return type(['probe', ...words, '-c', join(folder, 'office.yaml'), '--state', folder]);
}

describe('probe', () => {
  it('looks once at everything and prints a table of 80 columns', async () => {
    await using open = await listening();
    const closed = await unused();
    const folder = office(
      `  - { name: Database, check: "tcp://127.0.0.1:${open.port}" }\n  - { name: Mail, check: "tcp://127.0.0.1:${closed}" }`,
    );

    const { status, out, err } = await probe(folder);

    expect([status, err]).toEqual([1, '']);
    expect(out).toMatch(/^SERVICE +CHECK +STATUS +TIME +MESSAGE$/m);
    expect(out).toMatch(new RegExp(`^Database +tcp 127.0.0.1:${open.port} +up +\\d+ms`, 'm'));
    expect(out).toMatch(new RegExp(`^Mail +tcp 127.0.0.1:${closed} +down +\\d+ms`, 'm'));
    expect(widthOf(out)).toBeLessThanOrEqual(80);
  });

  it('exits with 0 when everything that was asked for is up', async () => {
    await using open = await listening();
    const folder = office(
      `  - { name: Database, check: "tcp://127.0.0.1:${open.port}" }\n  - { name: Mail, check: "tcp://127.0.0.1:${await unused()}" }`,
    );

    const { status, out } = await probe(folder, 'database', '--json');

    expect(status).toBe(0);
    expect(JSON.parse(out)).toEqual([
      {
        service: 'Database',
        check: `tcp:127.0.0.1:${open.port}`,
        kind: 'tcp',
        target: `127.0.0.1:${open.port}`,
        status: 'up',
        ms: expect.any(Number),
        message: expect.any(String),
        measures: expect.any(Array),
      },
    ]);
  });

  it('applies thresholds and says which one was crossed', async () => {
    const folder = office('  - name: Disk\n    check: { disk: /, warning: 0%, critical: 0.1% }');

    const { status, out } = await probe(folder);

    expect(status).toBe(1);
    expect(out).toMatch(/^Disk +disk \/ +degraded/m);
    expect(out.replace(/\s+/g, ' ')).toContain('is above critical');
  });

  it('reads heartbeats from the folder of the daemon, and says where they are when there is none', async () => {
    const folder = office('  - { name: Backup, check: { heartbeat: 24h } }');

    const before = await probe(folder);
    const store = await openLiveRecord(folder);
    await store.commit({ ...emptyRecord, beats: new Map([['Backup/heartbeat:24h', { at: Date.now() - 1000, ok: true }]]) });
    const after = await probe(folder);

    expect(before.status).toBe(1);
    expect(before.out.replace(/\s+/g, ' ')).toContain('known to the running daemon only');
    expect(after).toMatchObject({ status: 0, out: expect.stringContaining('the last heartbeat came') });
  });

  it('ends a look at its timeout', async () => {
    const folder = office('  - name: Slow\n    check: { command: [sleep, "30"], timeout: 200ms }');

    const { status, out } = await probe(folder);

    expect(status).toBe(1);
    expect(out).toMatch(/^Slow .* (down|unknown) /m);
  });

  it('shows its progress on a terminal, and clears it', async () => {
    await using open = await listening();
    const folder = office(`  - { name: Database, check: "tcp://127.0.0.1:${open.port}" }`);

    const { err } = await type(['probe', '-c', join(folder, 'office.yaml')], {
      onTerminal: { out: true, err: true },
      now: () => start,
    });

    expect(err).toBe('\r0 of 1 checks looked at\r1 of 1 checks looked at\r\u001b[K');
  });

  it.each([
    ['a service that nobody knows', ['Databse'], 'there is no service "Databse" (did you mean "Database"?)'],
    ['the daemon itself', ['incidentd'], 'there is no service "incidentd"; known: Database'],
  ])('exits with 1 for %s', async (_, words, sentence) => {
    const folder = office('  - { name: Database, check: "tcp://127.0.0.1:1" }');

    expect(await probe(folder, ...words)).toEqual({ status: 1, out: '', err: `incidentd: ${sentence}\n` });
  });

  it('exits with 1 where there is nothing to look at', async () => {
    expect((await probe(office('  - { name: Telephone }'))).err).toContain('there is nothing to look at');
  });
});
