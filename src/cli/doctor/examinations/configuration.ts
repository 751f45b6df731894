import { stat } from 'node:fs/promises';
import { selfService } from '../../../core/rules.ts';
import { oneLine } from '../../../texts/clean.ts';
import { type Finding, well, wrong } from '../finding.ts';
import type { Examination, Patient, User } from '../patient.ts';
import { quoted } from '../quoted.ts';

const problemsTold = 50;

/** Whether the configuration is valid, its secrets are kept, and nobody else can change what is run. */
export const configuration: Examination = {
  name: 'configuration',
  withinMs: 5000,
  examine: async ({ path, loaded, user }) => [
    ...(loaded.ok ? [well(path, meaning(loaded.configuration))] : problems(path, loaded.problems)),
    ...(await Promise.all(loaded.ok ? loaded.configuration.exposed.map((file) => exposed(file, user)) : [])),
    ...(await Promise.all(loaded.ok ? loaded.configuration.files.map(changeable) : [])).flat(),
  ],
};

function meaning({ rules, checks }: NonNullable<Patient['configuration']>): string {
  const services = Object.keys(rules.services).filter((id) => id !== selfService).length;
  const counts = [`${services} services`, `${checks.size} checks`, `${Object.keys(rules.contacts).length} contacts`];
  return `is valid: ${counts.map((count) => (count.startsWith('1 ') ? count.slice(0, -1) : count)).join(', ')}`;
}

function problems(path: string, all: Extract<Patient['loaded'], { ok: false }>['problems']): readonly Finding[] {
  const validate = `incidentd validate -c ${quoted(path)}   # says whether it is mended`;
  const more = all.length - problemsTold;
  return [
    ...all
      .slice(0, problemsTold)
      .map((problem) => wrong(`${problem.file}:${problem.line}:${problem.col}`, oneLine(problem.message, 500), validate)),
    ...(more > 0 ? [wrong(path, `${more} further problems`, validate)] : []),
  ];
}

async function exposed(file: string, user: User): Promise<Finding> {
  const stats = await stat(file).catch(() => null);
  const isOurs = stats === null || user.uid === 0 || stats.uid === user.uid || user.groups.includes(stats.gid);
  const fix = isOurs ? `chmod o-r ${quoted(file)}` : `chgrp ${user.gid} ${quoted(file)} && chmod 640 ${quoted(file)}   # as root`;
  return wrong(file, 'holds a secret, and every user of this machine can read it', fix);
}

/** Whoever can write the configuration can have programs run as this user. */
async function changeable(file: string): Promise<readonly Finding[]> {
  const stats = await stat(file).catch(() => null);
  if (stats === null || (stats.mode & 0o002) === 0) return [];
  return [wrong(file, 'every user of this machine can write it, and so choose what is run', `chmod o-w ${quoted(file)}`)];
}
