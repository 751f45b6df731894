import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { examinations } from '../../../../src/cli/doctor/examinations.ts';
import type { Finding } from '../../../../src/cli/doctor/finding.ts';
import { currentUser, type Patient, usualPlaces } from '../../../../src/cli/doctor/patient.ts';
import { loadConfiguration } from '../../../../src/config/configuration.ts';
import { newFolder } from '../../../web/support/api.ts';

export const isRoot = process.getuid?.() === 0;

/** A normal user, who needs no entry in the system's list. */
export const anna = { name: 'anna', uid: 54_711, gid: 4712, groups: [4712] };

/** This machine with a configuration of its own, in a new folder. */
export async function patientWith(yaml: string, changes: Partial<Patient> = {}): Promise<Patient> {
  const folder = newFolder();
  const path = join(folder, 'office.yaml');
  writeFileSync(path, yaml, { mode: 0o600 });
  const loaded = await loadConfiguration(path, { env: {} });
  return {
    path,
    loaded,
    configuration: loaded.ok ? loaded.configuration : null,
    folder: join(folder, 'state'),
    user: currentUser(),
    env: process.env,
    now: Date.now(),
    places: usualPlaces,
    ...changes,
  };
}

/** What an examination finds. */
export async function findings(name: string, patient: Patient, withinMs?: number): Promise<readonly Finding[]> {
  const examination = examinations.find((one) => one.name === name);
  if (examination === undefined) throw new Error(`no examination ${name}`);
  return await examination.examine(patient, AbortSignal.timeout(withinMs ?? examination.withinMs));
}

/** A `$PATH` of one new folder with these programs, by their text. */
export function programs(texts: Readonly<Record<string, string>>): string {
  const folder = newFolder();
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return folder;
}
