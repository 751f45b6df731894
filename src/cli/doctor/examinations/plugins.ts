import { isSecret, revealed, type Secret } from '../../../lib/secret.ts';
import type { Examination, Patient } from '../patient.ts';
import { tryProgram } from '../try-program.ts';

const servicesShown = 3;

/** Whether this user can run the programs of checks, Nagios plugins before all. */
export const plugins: Examination = {
  name: 'programs of checks',
  withinMs: 5000,
  examine: async (patient) => {
    const { env, user } = patient;
    const found = [...programsOf(patient).values()].map(({ program, services }) => {
      const about = isSecret(program) ? '***' : program;
      return tryProgram(about, { program, by: listed([...services]), path: env.PATH, user: user.name });
    });
    return await Promise.all(found);
  },
};

interface Used {
  readonly program: string | Secret;
  readonly services: Set<string>;
}

function programsOf({ configuration }: Patient): ReadonlyMap<string, Used> {
  const used = new Map<string, Used>();
  for (const { needs, rule } of configuration?.checks.values() ?? []) {
    for (const need of needs) {
      if (!('program' in need)) continue;
      const key = `${isSecret(need.program)} ${revealed(need.program)}`;
      const entry = used.get(key) ?? { program: need.program, services: new Set() };
      entry.services.add(rule.service);
      used.set(key, entry);
    }
  }
  return used;
}

function listed(services: readonly string[]): string {
  const more = services.length - servicesShown;
  return `${services.slice(0, servicesShown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
