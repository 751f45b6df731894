import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Act, Answer } from '../../../src/core/event.ts';
import type { IncidentJson } from '../../../src/texts/incident-json.ts';
import { incidentJson } from '../../../src/texts/incident-json.ts';
import type { Api } from '../../../src/web/api.ts';
import type { MaintenanceJson } from '../../../src/web/maintenance-json.ts';
import type { StatusJson } from '../../../src/web/status-json.ts';
import { incident, notification, rules, start } from '../../texts/sample.ts';

const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that is removed after the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'incidentd-web-'));
  made.push(folder);
  return folder;
}

/** The website's open P1 as JSON. */
export const sampleIncident: IncidentJson = incidentJson(
  incident(),
  [notification({ state: 'sent' })],
  rules(),
  start + 900_000,
  start,
);

export const sampleStatus: StatusJson = {
  at: new Date(start).toISOString(),
  degraded: false,
  services: [
    {
      id: 'Website',
      name: 'Website',
      status: 'down',
      since: new Date(start).toISOString(),
      soft: false,
      stale: false,
      maintenanceUntil: null,
      checks: [
        {
          name: 'http:https://www.kanzlei.example',
          kind: 'http',
          target: 'https://www.kanzlei.example',
          status: 'down',
          since: new Date(start).toISOString(),
          soft: false,
          stale: false,
          watched: true,
          lastAt: new Date(start).toISOString(),
          message: '10.0.0.5:443 refuses connections',
        },
      ],
    },
  ],
  incidents: [sampleIncident],
  outbox: { pending: 1, oldestAt: new Date(start).toISOString() },
  refused: [],
};

export const sampleWindow: MaintenanceJson = {
  services: ['Website'],
  from: new Date(start).toISOString(),
  to: new Date(start + 3_600_000).toISOString(),
  reason: 'Updates',
  by: 'anna',
  active: true,
};

export interface FakeApi extends Api {
  readonly acts: { readonly act: Act; readonly by: string }[];
}

/** An API that knows the samples, and notes each act that it is asked for. */
export function fakeApi(changes: Partial<Api> & { readonly answer?: Answer } = {}): FakeApi {
  const { answer = { ok: true, reason: 'noted', incident: 'INC-2026-0042' }, ...others } = changes;
  const acts: { act: Act; by: string }[] = [];
  return {
    acts,
    site: () => ({ name: 'Kanzlei Sommer', timezone: 'Europe/Berlin', language: 'en' }),
    status: () => sampleStatus,
    incidents: (all) =>
      Promise.resolve(all ? [sampleIncident, { ...sampleIncident, id: 'INC-2026-0041', status: 'closed' }] : [sampleIncident]),
    incident: (id) => Promise.resolve(['42', sampleIncident.id].includes(id) ? sampleIncident : null),
    maintenance: () => [sampleWindow],
    act: (act, by) => {
      acts.push({ act, by });
      return Promise.resolve(answer);
    },
    ...others,
  };
}
