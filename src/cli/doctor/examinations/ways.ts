import type { Need } from '../../../lib/need.ts';
import type { Finding } from '../finding.ts';
import type { Examination, Patient } from '../patient.ts';
import { tryAddress } from '../try-address.ts';
import { tryProgram } from '../try-program.ts';

/** Whether webhooks, topics, rooms and programs by which people are told can be reached and run; nothing is told. */
export const ways: Examination = {
  name: 'other ways to tell',
  withinMs: 8000,
  examine: async (patient, signal) => {
    const found = needsOf(patient).map(({ contact, about, need }) => tryNeed(about, contact, need, patient, signal));
    return (await Promise.all(found)).flat();
  },
};

interface ContactNeed {
  readonly contact: string;
  readonly about: string;
  readonly need: Need;
}

function needsOf({ configuration }: Patient): readonly ContactNeed[] {
  return Object.values(configuration?.rules.contacts ?? {}).flatMap(({ id, channels }) =>
    channels.flatMap((channel): readonly ContactNeed[] => {
      const need = configuration?.ways.byContact.get(id)?.get(channel.id)?.needs ?? null;
      return need === null ? [] : [{ contact: id, about: `${channel.kind} ${channel.address}`, need }];
    }),
  );
}

async function tryNeed(
  about: string,
  contact: string,
  need: Need,
  { user, env }: Patient,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  if ('program' in need)
    return [await tryProgram(about, { program: need.program, by: contact, path: env.PATH, user: user.name })];
  if ('address' in need) return [await tryAddress(`${about} (${contact})`, need.address, `contacts.${contact}`, signal)];
  return [];
}
