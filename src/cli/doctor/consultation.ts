/** The whole of it: who is examined, what is said on the way, what came out. */
import { styleText } from 'node:util';
import { loadConfiguration } from '../../config/configuration.ts';
import type { Call } from '../commands/contract.ts';
import { secretPlaces } from '../secret-places.ts';
import type { World } from '../world.ts';
import { examinations } from './examinations.ts';
import { examineAll } from './examine.ts';
import type { Finding } from './finding.ts';
import { currentUser, type Patient, usualPlaces } from './patient.ts';
import { areaLines, heading, verdict } from './report.ts';

/** Examines everything and prints it, each area as soon as it is known, or at the end as JSON; gives whether nothing is wrong. */
export async function consult(call: Call<{ readonly json?: true }>): Promise<boolean> {
  const { world, options } = call;
  const patient = await patientOf(call);
  const say = options.json ? () => {} : (lines: readonly string[]) => world.out(lines.map((line) => `${line}\n`).join(''));
  const progress = progressOn(world);
  const all: (Finding & { readonly examination: string })[] = [];
  say(heading(patient, world.columns));
  await examineAll(examinations, patient, {
    begun: progress.show,
    told: (examination, findings) => {
      progress.clear();
      all.push(...findings.map((finding) => ({ examination, ...finding })));
      say(areaLines(examination, findings, styleOf(world)));
    },
  });
  say(['', verdict(all)]);
  const ok = all.every((finding) => finding.ok !== 'no');
  if (options.json) world.out(`${JSON.stringify(asJson(ok, patient, all), null, 2)}\n`);
  return ok;
}

async function patientOf({ configuration: path, folder, world }: Call<unknown>): Promise<Patient> {
  const loaded = await loadConfiguration(path, secretPlaces(world.env));
  return {
    path,
    loaded,
    configuration: loaded.ok ? loaded.configuration : null,
    folder,
    user: currentUser(),
    env: world.env,
    now: world.now(),
    places: usualPlaces,
  };
}

function styleOf({ columns, colour }: World): Parameters<typeof areaLines>[2] {
  return { width: columns, paint: (text, with_) => (colour ? styleText(with_, text, { validateStream: false }) : text) };
}

function progressOn({ onTerminal, err }: World) {
  if (!onTerminal.err) return { show: () => {}, clear: () => {} };
  return { show: (name: string) => err(`looking at ${name} …`), clear: () => err('\r\u001b[K') };
}

function asJson(ok: boolean, { user, path, folder }: Patient, all: readonly (Finding & { readonly examination: string })[]) {
  const findings = all.map(({ examination, about, ok: answer, says, fix = null }) => ({
    examination,
    about,
    ok: answer,
    says,
    fix,
  }));
  return { ok, user: user.name, configuration: path, state: folder, findings };
}
