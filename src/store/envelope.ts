import { hash } from 'node:crypto';

/** The layout of the record that this program writes; raised whenever an older program could not read it. */
export const formatVersion = 1;

/**
 * What a file of ours says, once its checksum is proven: a version, the number of the write, and the record as plain JSON.
 * `damaged` says in words what is wrong instead.
 */
export type Unsealed =
  | { readonly state: 'good'; readonly version: number; readonly sequence: number; readonly record: unknown }
  | { readonly state: 'damaged'; readonly why: string };

const head = /^\{"version":(\d{1,9}),"sha256":"([0-9a-f]{64})",/;

/**
 * Gives a function that wraps a record's JSON as one JSON document, in UTF-8, whose checksum covers everything behind it.
 * This outermost layout stays the same in all versions, so that a newer file is recognized and not taken for a damaged one.
 * Its result is valid until the next call: fresh memory for 2 MB costs more time than all the rest.
 */
export function createSealer(): (sequence: number, record: string) => Uint8Array {
  let space = Buffer.alloc(0);

  return (sequence, record) => {
    const rest = `"sequence":${sequence},"record":${record}}\n`;
    const bytes = headLength + Buffer.byteLength(rest);
    if (bytes > space.length) space = Buffer.alloc(Math.ceil(bytes * 1.5));
    space.write(rest, headLength);
    space.write(headOf(hash('sha256', space.subarray(headLength, bytes))));
    return space.subarray(0, bytes);
  };
}

function headOf(checksum: string): string {
  return `{"version":${formatVersion},"sha256":"${checksum}",`;
}

const headLength = headOf('0'.repeat(64)).length;

/** The reverse of sealing; never throws. */
export function unseal(text: string): Unsealed {
  if (text === '') return damaged('it is empty');
  const match = head.exec(text);
  if (match === null) return damaged('it does not begin like a record');
  const [start, version, checksum] = match;
  if (hash('sha256', text.slice(start.length)) !== checksum) return damaged('its checksum is wrong');
  const { sequence, record } = JSON.parse(text);
  return { state: 'good', version: Number(version), sequence, record };
}

function damaged(why: string): Unsealed {
  return { state: 'damaged', why };
}
