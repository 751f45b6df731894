import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../src/channels/contract.ts';
import type { Probe } from '../../src/probes/contract.ts';
import { closedPort, tcpServer } from '../net/support/servers.ts';
import { look } from '../probes/support/look.ts';
import { codeIn } from './readme.ts';
import { root } from './source.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const folder = join(root, 'node_modules/.cache/readme-examples');

beforeEach(() => mkdirSync(folder, { recursive: true }));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts the code below a heading into a file whose imports lead where they would from `room`. */
function put(heading: string, room: string): string {
  const code = codeIn(readme, heading)
    .replaceAll("from '../", `from '${root}/src/`)
    .replaceAll("from './", `from '${root}/src/${room}/`);
  const path = join(folder, `${room}.ts`);
  writeFileSync(path, code);
  return path;
}

async function exported(path: string): Promise<unknown> {
  const file: Readonly<Record<string, unknown>> = await import(path);
  return Object.values(file)[0];
}

describe('the code in the README', () => {
  it('has types that fit', () => {
    const files = [put('Adding a check kind', 'probes'), put('Adding a channel', 'channels')];
    const config = join(folder, 'tsconfig.json');
    writeFileSync(config, JSON.stringify({ extends: join(root, 'tsconfig.json'), files, include: [] }));

    expect(() => execFileSync(join(root, 'node_modules/.bin/tsc'), ['--noEmit', '-p', config], { stdio: 'pipe' })).not.toThrow();
  });

  it('is a check kind that looks', async () => {
    const probe = (await exported(put('Adding a check kind', 'probes'))) as Probe<Record<string, unknown>>;
    await using server = await tcpServer((socket) => socket.write('@RSYNCD: 31.0\n'));

    expect(await look(probe, `127.0.0.1:${server.port}`)).toMatchObject({ status: 'up' });
    expect(await look(probe, `rsync://127.0.0.1:${await closedPort()}`)).toMatchObject({ status: 'down', reason: 'port-closed' });
  });

  it('is a channel with a kind, a schema and a delivery', async () => {
    const channel = (await exported(put('Adding a channel', 'channels'))) as Channel;

    expect(channel).toMatchObject({ kind: expect.any(String), summary: expect.any(String), deliver: expect.any(Function) });
    expect(channel.schema.safeParse({ nonsense: 1 })).toMatchObject({ success: false });
  });
});
