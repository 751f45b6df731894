import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from '../../src/probes/command.ts';
import { describeWith } from '../net/support/peers.ts';
import { look } from './support/look.ts';
import { type PluginPeers, pluginPeers } from './support/plugin-peers.ts';
import { notRun, pluginRows } from './support/plugin-rows.ts';

const folder = '/usr/lib/nagios/plugins';
const isRoot = process.getuid?.() === 0;
const reasons = { up: 'ok', degraded: 'plugin', down: 'plugin', unknown: 'not-watched' } as const;

describeWith(`${folder}/check_dummy`, 'monitoring-plugins-basic', "Debian's monitoring plugins", () => {
  let peers: PluginPeers;
  beforeAll(async () => {
    peers = await pluginPeers();
  });
  afterAll(() => peers[Symbol.asyncDispose]());

  it('are all in the table, or named with the reason why not', () => {
    const known = new Set([...pluginRows.map(({ plugin }) => plugin), ...Object.keys(notRun)]);
    const installed = readdirSync(folder).filter((name) => !name.endsWith('.so'));

    expect(installed.filter((name) => !known.has(name))).toEqual([]);
    expect([...known].filter((name) => !installed.includes(name))).toEqual([]);
  });

  it('give each status somewhere in the table', () => {
    expect(new Set(pluginRows.map(({ status }) => status))).toEqual(new Set(['up', 'degraded', 'down', 'unknown']));
  });

  const runnable = pluginRows
    .filter(({ needsRoot }) => isRoot || !needsRoot)
    .map((row) => [row.plugin, row.status, row] as const);
  it.concurrent.each(runnable)('%s is understood: %s', { timeout: 30_000 }, async (plugin, status, row) => {
    const seen = await look(command, [`${folder}/${plugin}`, ...row.argv(peers)], {}, { timeoutMs: 15_000 });

    expect(seen.message).toMatch(row.says);
    expect(seen).toMatchObject({ status, reason: reasons[status] });
    expect(seen.measures.map(({ name }) => name)).toEqual(status === 'unknown' ? [] : ['time', ...row.measures]);
    for (const { name, value } of seen.measures) {
      expect(Math.sign(value) >= 0 || name === 'offset', `${name} is ${value}`).toBe(true); // a clock may be ahead or behind
    }
  });

  const unprivileged = pluginRows.filter(({ needsRoot }) => needsRoot && !isRoot).map(({ plugin }) => plugin);
  describe.skipIf(unprivileged.length === 0)('that need root and were not run', () => {
    it.skip.each(unprivileged)('%s', () => {});
  });

  it.each(Object.keys(notRun).filter((name) => name.startsWith('check_')))('%s tells its version at least', async (plugin) => {
    const seen = await look(command, [`${folder}/${plugin}`, '--version'], {}, { timeoutMs: 15_000 });

    expect(seen.message).toMatch(new RegExp(`^${plugin} v[\\d.]+ `));
  });
});
