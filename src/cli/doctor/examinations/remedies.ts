import type { Configuration } from '../../../config/configuration.ts';
import type { Finding } from '../finding.ts';
import type { Examination, Patient } from '../patient.ts';
import { sudoActOf, unitActOf } from '../privileged.ts';
import { tryAddress } from '../try-address.ts';
import { tryProgram } from '../try-program.ts';
import { trySudo } from '../try-sudo.ts';
import { tryUnitRight, tryUnits } from '../try-units.ts';

/** Whether remedies could be run by this user; none is. */
export const remedies: Examination = {
  name: 'remedies',
  withinMs: 8000,
  examine: async (patient, signal) => {
    const all = patient.configuration === null ? [] : remediesOf(patient.configuration);
    const acts = all.flatMap(({ does }) => ('run' in does ? (unitActOf(does.run) ?? []) : []));
    const each = await Promise.all(all.map((remedy) => tryRemedy(remedy, patient, signal)));
    const right = acts.length === 0 ? [] : [await tryUnitRight(acts, patient, signal)];
    return [...each.flat(), ...right];
  },
};

type Bound = Configuration['remedies'] extends ReadonlyMap<string, infer One> ? One : never;

interface Remedy {
  readonly label: string;
  readonly service: string;
  readonly does: Bound['does'];
}

function remediesOf({ rules, remedies: bound }: Configuration): readonly Remedy[] {
  return Object.values(rules.services).flatMap(({ id, remedies: all }) =>
    all.flatMap(({ key, label }): readonly Remedy[] => {
      const does = bound.get(key)?.does;
      return does === undefined ? [] : [{ label, service: id, does }];
    }),
  );
}

async function tryRemedy({ label, service, does }: Remedy, patient: Patient, signal: AbortSignal): Promise<readonly Finding[]> {
  if ('webhook' in does) return [await tryAddress(label, does.webhook.url, `remedies of ${service}`, signal)];
  const act = unitActOf(does.run);
  if (act !== null) return await tryUnits(label, act, service, signal);
  const sudo = sudoActOf(does.run);
  if (sudo === null) {
    const { env, user } = patient;
    return [await tryProgram(label, { program: does.run[0] ?? '', by: service, path: env.PATH, user: user.name })];
  }
  const inner = unitActOf(sudo.command);
  const units = inner === null ? [] : await tryUnits(label, inner, service, signal);
  return [await trySudo(label, sudo, patient, signal), ...units];
}
