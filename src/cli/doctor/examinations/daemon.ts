import { resolve } from 'node:path';
import { formatDuration } from '../../../lib/duration.ts';
import { readAlive } from '../../../store/alive.ts';
import { readOrigin } from '../../../store/origin.ts';
import { oneLine } from '../../../texts/clean.ts';
import { dateTimeText } from '../../../texts/times.ts';
import { ask, NoDaemonError } from '../../client.ts';
import { type Finding, unclear, well, wrong } from '../finding.ts';
import type { Examination, Patient } from '../patient.ts';
import { quoted } from '../quoted.ts';

/** It gives a sign of life every 10 s. */
const silentMs = 60_000;
const about = 'daemon';

/** Whether a daemon runs on the state folder, when one last lived, and with which configuration. */
export const daemon: Examination = {
  name: 'daemon',
  withinMs: 4000,
  examine: async (patient) => {
    const lived = await readAlive(patient.folder);
    return [await running(patient, lived), ...(await origin(patient))];
  },
};

async function running(patient: Patient, lived: number | null): Promise<Finding> {
  try {
    await ask(patient.folder, { path: '/site' });
  } catch (error) {
    if (error instanceof NoDaemonError) return notRunning(patient, lived);
    return unclear(about, oneLine(error instanceof Error ? error.message : String(error)));
  }
  const silence = lived === null ? null : patient.now - lived;
  if (silence === null || silence < silentMs) return well(about, 'runs on this folder and answers');
  return wrong(
    about,
    `answers, but gave its last sign of life ${ago(silence)}: it cannot write`,
    `df -h ${quoted(patient.folder)}\nincidentd status`,
  );
}

function notRunning({ configuration, folder, path, now }: Patient, lived: number | null): Finding {
  const start = `incidentd run -c ${quoted(path)} --state ${quoted(folder)}`;
  if (lived === null) return well(about, 'does not run, and has not run on this folder yet');
  const at = dateTimeText(lived, configuration?.rules.timezone ?? 'UTC', 'en');
  if (lived > now + silentMs) {
    return wrong(
      about,
      `last lived at ${at}, which is still to come: the clock was set back`,
      'date   # set the clock, see below',
    );
  }
  return unclear(about, `does not run now; it last lived ${ago(now - lived)}, ${at}`, start);
}

function ago(ms: number): string {
  return `${formatDuration(Math.max(0, Math.round(ms / 1000) * 1000))} ago`;
}

async function origin({ folder, path }: Patient): Promise<readonly Finding[]> {
  const known = await readOrigin(folder);
  if (known === null || known === resolve(path)) return [];
  return [
    unclear(about, `the last one on this folder had another configuration than ${path}`, `incidentd doctor -c ${quoted(known)}`),
  ];
}
