/** What an admin may write about a DNS check. */
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { revealed, type Secret } from '../../../lib/secret.ts';
import { TargetError, type Typed } from '../../contract.ts';
import { pattern, textOrSecret } from '../options.ts';
import { asSecretAs, oneWord, parseAuthority, shown } from '../target.ts';
import { type RecordType, recordTypes } from './dns-records.ts';

export const dnsOptions = z
  .strictObject({
    name: textOrSecret
      .refine((name) => isAskable(revealed(name)), { error: 'expected a name such as example.com, or an address' })
      .describe('name to look up, or an address whose names are wanted'),
    type: z.enum(recordTypes).optional().describe('kind of record; default `A`, for an address `PTR`'),
    expect: z
      .union([pattern, z.array(pattern).min(1)])
      .optional()
      .describe(
        'answer, or list of answers, that must be among those that come, each as dig shows it (of `MX` and `SRV` the host alone will do) or as ' +
          'regular expression between slashes; `none`: there must be no such record',
      ),
    resolver: z
      .string()
      .refine((text) => parseAuthority(text, 'dns') !== null, {
        error: 'expected a name server such as 192.168.178.1 or ns1.example.com:53',
      })
      .optional()
      .describe('name server to ask, with a port where it is not 53; default those of /etc/resolv.conf'),
  })
  .superRefine(({ name, type }, context) => {
    if (isIP(revealed(name)) === 0 || type === undefined || type === 'PTR') return;
    context.addIssue({ code: 'custom', path: ['type'], message: `an address has names (PTR), no ${type} record` });
  });
export type DnsOptions = z.output<typeof dnsOptions>;

const expected = 'a name such as example.com, or dns://192.168.178.1/example.com?type=MX';

/** From a name, an address or a URL (RFC 4501) to options. */
export function dnsTarget(typed: Typed, host: string | null): Readonly<Record<string, unknown>> {
  const word = oneWord(typed, expected) ?? host;
  if (word === null) throw new TargetError(`dns needs ${expected}`);
  const text = revealed(word).trim();
  return /^dns:/i.test(text) ? fromUrl(word, text) : { name: word };
}

/** `dns://server/name?type=MX`; a host alone is taken for the name, though RFC 4501 would ask it for the root. */
function fromUrl(word: string | Secret, text: string): Readonly<Record<string, unknown>> {
  const [, server = '', path = '', query = ''] = /^dns:(?:\/\/([^/?#]*)\/?)?([^?#]*)(?:\?([^#]*))?$/i.exec(text) ?? [];
  const name = path === '' && parseAuthority(server, 'dns')?.port === null && isIP(server) === 0 ? server : path;
  const parameters = new URLSearchParams(query.toUpperCase().replaceAll(';', '&'));
  const isStrange = [...parameters.keys()].some((key) => key !== 'TYPE' && key !== 'CLASS');
  if (name === '' || isStrange || (parameters.get('CLASS') ?? 'IN') !== 'IN') {
    throw new TargetError(`expected ${expected}, found "${shown(word)}"`);
  }
  const type = parameters.get('TYPE');
  return {
    name: asSecretAs(word, decoded(name)),
    ...(type === null ? {} : { type }),
    ...(name === path && server !== '' ? { resolver: server } : {}),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The kind of record that is asked for. */
export function typeOf({ name, type }: DnsOptions): RecordType {
  return type ?? usualType(name);
}

function usualType(name: DnsOptions['name']): RecordType {
  return isIP(revealed(name)) > 0 ? 'PTR' : 'A';
}

/** What tells one check from another, as dig(1) would be asked: `example.com MX @192.168.178.1`. */
export function describeDns(options: DnsOptions): string {
  const type = typeOf(options) === usualType(options.name) ? [] : [typeOf(options)];
  const server = options.resolver === undefined ? [] : [`@${options.resolver}`];
  return [shown(options.name), ...type, ...server].join(' ');
}

/** A name as it is asked for: umlauts in their ASCII form, without the final dot. */
export function asciiName(name: string): string {
  const ascii = /[^ -~]/.test(name) ? domainToASCII(name) : name;
  return ascii.replace(/(?<=.)\.$/, '');
}

/** RFC 1035 2.3.4; of the characters those that occur: `_dmarc`, `*`, and `/` in names of address blocks (RFC 2317). */
function isAskable(name: string): boolean {
  const ascii = asciiName(name.trim());
  return isIP(name) > 0 || (ascii.length <= 253 && ascii.split('.').every((label) => /^[\w*/-]{1,63}$/.test(label)));
}
