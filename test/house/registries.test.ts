import { describe, expect, it } from 'vitest';
import { registryViolations } from './registries.ts';
import { sourceFiles } from './source.ts';

describe('registries and their folders', () => {
  const registry = { path: 'src/probes/registry.ts', text: `import { http } from './http.ts';` };
  const http = { path: 'src/probes/http.ts', text: `export const http = defineProbe({ kind: 'http' });` };

  it('agree in src', () => {
    expect(registryViolations(sourceFiles('src'))).toEqual([]);
  });

  it('agree when each file is listed, at once or on demand', () => {
    const lazily = { path: 'src/probes/registry.ts', text: `const x = { http: () => import('./http.ts') };` };

    expect(registryViolations([registry, http])).toEqual([]);
    expect(registryViolations([lazily, http])).toEqual([]);
  });

  it('disagree when a file is not listed', () => {
    const ping = { path: 'src/probes/ping.ts', text: `export const ping = defineProbe({ kind: 'ping' });` };

    expect(registryViolations([registry, http, ping])).toEqual(['src/probes/ping.ts is not in src/probes/registry.ts']);
  });

  it('disagree when the registry is missing', () => {
    expect(registryViolations([http])).toEqual([expect.stringContaining('src/probes/registry.ts does not exist')]);
  });

  it('disagree when a file holds another kind than its name says', () => {
    const https = { path: 'src/probes/http.ts', text: `export const http = defineProbe({ kind: 'https' });` };

    expect(registryViolations([registry, https])).toEqual([expect.stringContaining('declares no kind')]);
  });

  it('are held in any folder that has one', () => {
    const mails = { path: 'src/texts/mails/registry.ts', text: `import { opened } from './opened.ts';` };
    const opened = { path: 'src/texts/mails/opened.ts', text: '' };
    const escalated = { path: 'src/texts/mails/escalated.ts', text: '' };

    expect(registryViolations([mails, opened, escalated])).toEqual([expect.stringContaining('escalated.ts is not in')]);
  });

  it('leave contracts, and helpers in deeper folders, alone', () => {
    const contract = { path: 'src/probes/contract.ts', text: '' };
    const helper = { path: 'src/probes/support/target.ts', text: '' };

    expect(registryViolations([registry, http, contract, helper])).toEqual([]);
  });
});
