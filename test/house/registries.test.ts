import { describe, expect, it } from 'vitest';
import { type Registry, registryViolations } from './registries.ts';
import { sourceFiles } from './source.ts';

const probes: Registry = { folder: 'src/probes', list: 'src/probes/registry.ts', others: ['contract.ts'], nameKey: 'kind' };
const channels: Registry = { folder: 'src/channels', list: 'src/channels/registry.ts', others: ['contract.ts'], nameKey: 'kind' };
const commands: Registry = { folder: 'src/cli/commands', list: 'src/cli/registry.ts', others: [], nameKey: null };

describe('a registry and its folder', () => {
  it.each([probes, channels, commands])('agree: $folder', (registry) => {
    expect(registryViolations(registry, sourceFiles('src'))).toEqual([]);
  });

  const list = { path: 'src/probes/registry.ts', text: `import { http } from './http.ts';` };
  const http = { path: 'src/probes/http.ts', text: `export const http = defineProbe({ kind: 'http' });` };

  it('agree when each file is listed, at once or on demand', () => {
    const lazily = { path: 'src/probes/registry.ts', text: `const x = { http: () => import('./http.ts') };` };

    expect(registryViolations(probes, [list, http])).toEqual([]);
    expect(registryViolations(probes, [lazily, http])).toEqual([]);
  });

  it('disagree when a file is not listed', () => {
    const ping = { path: 'src/probes/ping.ts', text: `export const ping = defineProbe({ kind: 'ping' });` };

    expect(registryViolations(probes, [list, http, ping])).toEqual(['src/probes/ping.ts is not in src/probes/registry.ts']);
  });

  it('disagree when the list is missing', () => {
    expect(registryViolations(probes, [http])).toEqual([expect.stringContaining('does not exist')]);
  });

  it('disagree when a file holds another kind than its name says', () => {
    const https = { path: 'src/probes/http.ts', text: `export const http = defineProbe({ kind: 'https' });` };

    expect(registryViolations(probes, [list, https])).toEqual([expect.stringContaining('has no kind')]);
  });

  it('leave helpers in deeper folders alone', () => {
    const helper = { path: 'src/probes/support/target.ts', text: '' };

    expect(registryViolations(probes, [list, http, helper])).toEqual([]);
  });
});
