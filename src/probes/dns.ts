import { isIP } from 'node:net';
import type { Way } from '../core/diagnosis.ts';
import type { Observation } from '../core/observation.ts';
import { revealed } from '../lib/secret.ts';
import { askByDatagram } from '../net/datagram.ts';
import type { Failure } from '../net/failure.ts';
import { askNameServers, smallestQuestion } from '../net/name-server.ts';
import { systemResolver } from '../net/resolver.ts';
import { oneLine } from '../texts/clean.ts';
import { defineProbe, down, type Probe, type ProbeContext, unknown, up } from './contract.ts';
import { asciiName, type DnsOptions, describeDns, dnsOptions, dnsTarget, typeOf } from './support/dns/dns-options.ts';
import { askFor, type DnsRecord, isAmong, type RecordType, reverseName } from './support/dns/dns-records.ts';
import { fromFailure, milliseconds, spoken } from './support/outcome.ts';
import { isExpression, matches } from './support/pattern.ts';
import { hostAndPort, parseAuthority, shown } from './support/target.ts';
import { wayTo } from './support/way.ts';

const compare = {
  en: 'Compare the answer below with the one that is right; somebody has changed the name’s records.',
  de: 'Die Antwort unten mit der richtigen vergleichen; jemand hat die Einträge zu diesem Namen geändert.',
};

/** Watches what name servers say about a name. */
export const dns: Probe<DnsOptions> = defineProbe<DnsOptions>({
  kind: 'dns',
  summary: 'Looks a name up, at a name server of choice or as this machine does, and compares the answers with those expected',
  category: 'dns',
  schemes: ['dns'],
  schema: dnsOptions,
  measures: [
    { name: 'time', unit: 'ms', sort: 'current', worse: 'above', main: true, about: 'from the question to the answer' },
    {
      name: 'answers',
      unit: 'count',
      sort: 'current',
      worse: 'below',
      about: 'how many records of the wanted kind the name has',
    },
  ],
  target: dnsTarget,
  describe: describeDns,
  run,
  way,
  sentences: {
    content: { en: 'the name server gives other answers than expected', de: 'der Nameserver gibt andere Antworten als erwartet' },
    threshold: { en: 'its name has fewer records than it should have', de: 'der Name hat weniger Einträge, als er haben sollte' },
    timeout: { en: 'the name server does not answer', de: 'der Nameserver antwortet nicht' },
  },
  firstSteps: {
    content: compare,
    threshold: compare,
    timeout: {
      en: 'Look whether the machine with the name server runs and can be reached.',
      de: 'Nachsehen, ob der Rechner mit dem Nameserver läuft und erreichbar ist.',
    },
  },
  example: `- dns: www.example.com
  expect: 192.0.2.10
- dns: example.com
  type: MX
  expect: mail.example.com
  resolver: 192.168.178.1
- dns: 10.2.0.192.zen.example.org # a list of senders of spam
  expect: none`,
});

/** The name as it is asked for, and the kind of record. */
function questionOf(options: DnsOptions): { readonly name: string; readonly type: RecordType } {
  const type = typeOf(options);
  const name = revealed(options.name).trim();
  return { type, name: isIP(name) > 0 && type === 'PTR' ? reverseName(name) : asciiName(name) };
}

function way(options: DnsOptions): Way {
  const asks = questionOf(options);
  const server = options.resolver === undefined ? null : parseAuthority(options.resolver, 'dns');
  const byName = wayTo(options.name, { transport: 'lookup', asks });
  return server === null ? byName : { ...byName, host: server.host, port: server.port ?? 53, transport: 'udp' };
}

async function run(options: DnsOptions, context: ProbeContext): Promise<Observation> {
  const { signal, timeoutMs } = context;
  const servers = await serversOf(options, context);
  if (servers !== null && 'failure' in servers) return fromFailure(servers);
  if (signal.aborted) return unknown('no time was left to ask a name server');
  const { type, name: asked } = questionOf(options);
  const begun = performance.now();
  const answer = await askNameServers({ servers, timeoutMs, signal }, (resolver) => askFor(type, asked, resolver));
  const look = { options, timeMs: performance.now() - begun, server: `name server ${answer.servers.slice(0, 3).join(', ')}` };
  if (answer.ok) return answer.answer.length > 0 ? judge(answer.answer, look) : explain('ENODATA', look);
  if (answer.code === 'ECONNREFUSED') return whyRefused(answer.servers[0] ?? '', context);
  return explain(answer.code, look);
}

interface Look {
  readonly options: DnsOptions;
  readonly timeMs: number;
  /** Who was asked, in words. */
  readonly server: string;
}

/** The chosen name server as addresses with port; null for the machine's own ones. */
async function serversOf({ resolver }: DnsOptions, context: ProbeContext): Promise<readonly string[] | null | Failure> {
  const server = resolver === undefined ? null : parseAuthority(resolver, 'dns');
  if (server === null) return null;
  const resolution = await (context.resolver ?? systemResolver).resolve(server.host, context.signal);
  if (!resolution.ok) return { ...resolution, text: `the name server's own name cannot be looked up: ${resolution.text}` };
  return resolution.addresses.slice(0, 4).map(({ address }) => hostAndPort(address, server.port ?? 53));
}

function judge(records: readonly DnsRecord[], { options, timeMs, server }: Look): Observation {
  const measures = [milliseconds('time', timeMs), { name: 'answers', value: records.length, unit: 'count' as const }];
  const type = typeOf(options);
  const seen = `${shown(options.name)} has ${type} ${listed(records)}`;
  const by = `says ${server}`;
  if (options.expect === 'none') return down('content', `${seen}, ${by}; there should be none`, measures);
  const wanted = options.expect === undefined ? [] : [options.expect].flat();
  for (const one of wanted) {
    const result = isExpression(one) ? matchesOne(one, records) : isAmong(one, records, type) ? 'match' : 'no-match';
    if (result === 'no-match') return down('content', `${seen}, expected ${oneLine(one, 60)}; ${by}`, measures);
    if (result === 'too-slow') return unknown(`the expression ${one} takes too long on these answers; write a simpler one`);
  }
  return up(`${seen}, ${by} after ${spoken(timeMs)}`, measures);
}

/** A record a line, so that one search does for all of them. */
function matchesOne(expression: string, records: readonly DnsRecord[]): ReturnType<typeof matches> {
  const lines = records.map(({ text }) => text.replaceAll(/\s/g, ' ')).join('\n');
  return matches(/\/[a-z]*m[a-z]*$/.test(expression) ? expression : `${expression}m`, lines);
}

/** The first four, and no more of them than leaves room for the rest of the sentence. */
function listed(records: readonly DnsRecord[]): string {
  const first = records.slice(0, 4).map(({ text }) => text);
  const rest = records.length - first.length;
  return `${oneLine(first.join(', '), 140)}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function explain(code: string, { options, timeMs, server }: Look): Observation {
  const time = milliseconds('time', timeMs);
  const name = shown(options.name);
  const absent = code === 'ENOTFOUND' ? `${name} does not exist (NXDOMAIN)` : `${name} has no ${typeOf(options)} record`;
  switch (code) {
    case 'ENOTFOUND':
    case 'ENODATA':
      if (options.expect !== 'none') return down('dns-failure', `${absent}, says ${server}`, [time]);
      return up(`${absent}, as it should be, says ${server} after ${spoken(timeMs)}`, [
        time,
        { name: 'answers', value: 0, unit: 'count' },
      ]);
    case 'ESERVFAIL':
      return down('dns-failure', `${server} could not find out about ${name} (SERVFAIL)`, [time]);
    case 'EREFUSED':
      return down('dns-failure', `${server} refuses to answer for ${name} (REFUSED)`, [time]);
    case 'EFORMERR':
    case 'ENOTIMP':
      return down('dns-failure', `${server} does not take such questions (${code.slice(1)})`, [time]);
    case 'EBADRESP':
      return down('protocol-error', `${server} answers with something that is no DNS message`);
    case 'ETIMEOUT':
    case 'ECANCELLED':
      return down('timeout', `no answer about ${name} from ${server}`);
    case 'EBADNAME':
      return unknown(`${name} is no name that can be asked for`);
    case 'ENOMEM':
      return unknown('this machine has no memory left to ask a name server');
    default:
      return down('dns-failure', `${server} gave no usable answer about ${name} (${code})`);
  }
}

/** c-ares calls it refused whatever kept it from sending; one datagram of our own tells what that was. */
async function whyRefused(server: string, { signal, resolver }: ProbeContext): Promise<Observation> {
  const parsed = parseAuthority(server, 'dns');
  const { host, port } = { host: parsed?.host ?? server, port: parsed?.port ?? 53 };
  const question = { make: () => smallestQuestion, read: (datagram: Buffer) => datagram, repeatMs: 500 };
  const seen = await askByDatagram({ host, port, signal, resolver, ...question });
  return seen.ok
    ? down('port-closed', `name server ${server} did not take the question a moment ago, or not by TCP, which long answers need`)
    : fromFailure(seen);
}
