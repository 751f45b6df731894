/** Why a check fails: the first row that fits all that was seen. */
import type { Diagnosis } from '../../core/diagnosis.ts';
import type { Facts } from '../vocabulary.ts';
import { application } from './application.ts';
import { encryption } from './encryption.ts';
import { machineAndPort } from './machine-and-port.ts';
import { names } from './names.ts';
import { ownNetwork } from './own-network.ts';
import { matches, type Row } from './row.ts';

/** Nothing found that says more: the check's own look has the last word. */
const otherwise: Row = { name: 'nothing more was found', when: {}, code: 'as-said' };

/** From this server outwards; the first row that fits counts. */
export const table: readonly Row[] = [...ownNetwork, ...names, ...machineAndPort, ...encryption, ...application, otherwise];

/** The row that explains the facts; there always is one. */
export function rowFor(facts: Facts): Row {
  return table.find((row) => matches(row, facts)) ?? otherwise;
}

/** The cause by a row, in as many words as it has. */
export function conclude({ code, sentence, meaning, firstStep }: Row, { said }: Facts): Omit<Diagnosis, 'at' | 'findings'> {
  return {
    code: code === 'as-said' ? said : code,
    ...(sentence === undefined ? {} : { sentence }),
    ...(meaning === undefined ? {} : { meaning }),
    ...(firstStep === undefined ? {} : { firstStep }),
  };
}
