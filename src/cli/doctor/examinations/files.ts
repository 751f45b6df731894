import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { isSecret, revealed, type Secret } from '../../../lib/secret.ts';
import { type Finding, well, wrong } from '../finding.ts';
import type { Examination, Patient } from '../patient.ts';
import { quoted } from '../quoted.ts';

/** Whether certificates and authorities that checks name as files can be read. */
export const files: Examination = {
  name: 'certificate files',
  withinMs: 5000,
  examine: async (patient) => await Promise.all([...filesOf(patient)].map(([path, file]) => tryFile(path, file, patient))),
};

interface Named {
  readonly shown: string;
  readonly service: string;
}

function filesOf({ configuration }: Patient): ReadonlyMap<string, Named> {
  const found = new Map<string, Named>();
  const add = (file: string | Secret, service: string) => {
    const path = revealed(file);
    if (!found.has(path)) found.set(path, { shown: isSecret(file) ? '***' : path, service });
  };
  for (const { needs, way, rule } of configuration?.checks.values() ?? []) {
    for (const need of needs) if ('file' in need) add(need.file, rule.service);
    if (way?.trust?.ca !== undefined) add(way.trust.ca, rule.service);
  }
  return found;
}

async function tryFile(path: string, { shown, service }: Named, { user }: Patient): Promise<Finding> {
  try {
    if (!(await stat(path)).isFile())
      return wrong(shown, `is not a file, for ${service}`, `name the file itself in the configuration of ${service}`);
    await access(path, constants.R_OK);
    return well(shown, `can be read, for ${service}`);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EPERM')
      return wrong(shown, `is not there (${code}), for ${service}`, `correct the path in the configuration of ${service}`);
    const fix = `setfacl -m u:${user.name}:r ${quoted(shown)}   # as root, after apt install acl\nnamei -l ${quoted(shown)}   # shows a folder on the way that is closed`;
    return wrong(shown, `may not be read by ${user.name}, for ${service}`, fix);
  }
}
