import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CauseCode, causeCodes } from '../../../src/core/observation.ts';
import { conclude, rowFor, table } from '../../../src/diagnosis/table/table.ts';
import { type Facts, type LookName, vocabulary } from '../../../src/diagnosis/vocabulary.ts';

const looks = Object.keys(vocabulary) as LookName[];
const places = ['self', 'near', 'beyond', 'internet', 'unknown', 'none'] as const;
const transports = ['tcp', 'udp', 'icmp', 'lookup', 'none'] as const;

/** Anything that looks could possibly see together, and much that they could not. */
const anyFacts: fc.Arbitrary<Facts> = fc.record(
  {
    said: fc.constantFrom(...causeCodes),
    place: fc.constantFrom(...places),
    transport: fc.constantFrom(...transports),
    ...Object.fromEntries(looks.map((look) => [look, fc.constantFrom(...Object.keys(vocabulary[look]))])),
  },
  { requiredKeys: ['said', 'place', 'transport'] },
) as unknown as fc.Arbitrary<Facts>;

const codeOf = (facts: Facts) => conclude(rowFor(facts), facts).code;
const isThere = ({ host, port }: Facts) => host?.startsWith('answers') === true || port === 'open' || port === 'closed';

/** What the check's own look proves of everything below it; of these only itself can be the cause. */
const proven: readonly CauseCode[] = causeCodes.filter(
  (code) => !['dns-failure', 'host-unreachable', 'port-filtered', 'timeout', 'unknown'].includes(code),
);

describe('the table', () => {
  it.each<[string, Facts, CauseCode]>([
    ['no cable', { said: 'timeout', place: 'internet', transport: 'tcp', link: 'unplugged' }, 'local-network'],
    ['no address', { said: 'host-unreachable', place: 'near', transport: 'icmp', link: 'no-address' }, 'local-network'],
    ['no route', { said: 'dns-failure', place: 'unknown', transport: 'tcp', link: 'no-route' }, 'local-network'],
    ['no IPv6', { said: 'host-unreachable', place: 'internet', transport: 'tcp', link: 'no-ipv6' }, 'host-unreachable'],
    [
      'gateway silent',
      { said: 'port-filtered', place: 'internet', transport: 'tcp', link: 'up', gateway: 'silent', internet: 'silent' },
      'gateway-unreachable',
    ],
    [
      'gateway silent, name unknown',
      { said: 'dns-failure', place: 'unknown', transport: 'tcp', address: 'unanswered', resolver: 'silent', gateway: 'silent' },
      'gateway-unreachable',
    ],
    [
      'internet silent',
      { said: 'timeout', place: 'internet', transport: 'tcp', gateway: 'answers', internet: 'silent', host: 'silent' },
      'internet-unreachable',
    ],
    [
      'internet silent, name unknown',
      {
        said: 'dns-failure',
        place: 'unknown',
        transport: 'tcp',
        address: 'server-failed',
        gateway: 'answers',
        internet: 'silent',
      },
      'internet-unreachable',
    ],
    [
      'ping forbidden, internet silent',
      { said: 'timeout', place: 'internet', transport: 'tcp', gateway: 'unclear', internet: 'silent' },
      'internet-unreachable',
    ],
    [
      'a machine nearby silent, like the gateway',
      { said: 'timeout', place: 'near', transport: 'tcp', gateway: 'silent', host: 'silent', port: 'filtered' },
      'host-unreachable',
    ],
    ['it answers no ping', { said: 'host-unreachable', place: 'near', transport: 'icmp', host: 'answers-no-ping' }, 'timeout'],
    ['it pings again', { said: 'host-unreachable', place: 'near', transport: 'icmp', host: 'answers' }, 'host-unreachable'],
    ['refused', { said: 'timeout', place: 'near', transport: 'tcp', host: 'answers', port: 'closed' }, 'port-closed'],
    ['queue full', { said: 'timeout', place: 'self', transport: 'tcp', port: 'filtered' }, 'port-filtered'],
    ['firewall', { said: 'timeout', place: 'near', transport: 'tcp', host: 'answers', port: 'filtered' }, 'port-filtered'],
    [
      'ping forbidden, port silent',
      { said: 'timeout', place: 'near', transport: 'tcp', host: 'unclear', port: 'filtered' },
      'port-filtered',
    ],
    ['datagrams', { said: 'timeout', place: 'near', transport: 'udp', host: 'answers' }, 'timeout'],
    ['hanging', { said: 'timeout', place: 'near', transport: 'tcp', host: 'answers', port: 'open' }, 'timeout'],
    ['slow line', { said: 'slow', place: 'internet', transport: 'tcp', host: 'answers-slowly' }, 'slow'],
    ['slow program', { said: 'slow', place: 'internet', transport: 'tcp', host: 'answers' }, 'slow'],
  ])('explains: %s', (_, facts, code) => {
    expect(codeOf(facts)).toBe(code);
  });

  it('has rows that are all reached', () => {
    const unreached = table.filter((row) => {
      const example = fc.sample(factsThatFit(row.when), { numRuns: 2000, seed: 7 });
      return !example.some((facts) => rowFor(facts) === row);
    });

    expect(unreached.map(({ name }) => name)).toEqual([]);
  });

  it('finds every code that looking can find, and keeps those that only a check can say', () => {
    const found = new Set(table.map(({ code }) => code));

    expect(causeCodes.filter((code) => !found.has(code))).toEqual([
      'content',
      'auth-failed',
      'protocol-error',
      'threshold',
      'outdated',
      'plugin',
      'not-watched',
      'reported',
      'unknown',
    ]);
  });

  it('always gives a code, and never another than the proven one', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const code = codeOf(facts);

        expect(causeCodes).toContain(code);
        if (proven.includes(facts.said)) expect(code).toBe(facts.said);
      }),
      { numRuns: 5000 },
    );
  });

  it('contradicts nothing that was seen', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const code = codeOf(facts);
        if (code === facts.said) return;
        const isFar = facts.place !== 'self' && facts.place !== 'none' && facts.place !== 'near';

        if (code === 'local-network')
          expect([facts.link !== 'up', facts.place !== 'self', isThere(facts)]).toEqual([true, true, false]);
        if (code === 'gateway-unreachable')
          expect([facts.gateway, isFar, facts.internet === 'answers']).toEqual(['silent', true, false]);
        if (code === 'internet-unreachable') expect([facts.internet, isFar, isThere(facts)]).toEqual(['silent', true, false]);
        if (code === 'host-unreachable') expect(isThere(facts)).toBe(false);
        if (code === 'port-closed') expect(facts.port).toBe('closed');
        if (code === 'port-filtered') expect(facts.port).toBe('filtered');
        if (code === 'dns-failure') expect(facts.address === 'found').toBe(false);
      }),
      { numRuns: 20_000 },
    );
  });

  it('keeps what the check said where every layer is good', () => {
    const good: Facts = {
      said: 'unknown',
      place: 'internet',
      transport: 'tcp',
      link: 'up',
      gateway: 'answers',
      internet: 'answers',
      address: 'found',
      host: 'answers',
      port: 'open',
      tls: 'good',
    };

    expect(causeCodes.map((said) => codeOf({ ...good, said }))).toEqual(causeCodes);
  });

  it('names each row once, in both languages, in sentences that fit a phone', () => {
    const names = table.map(({ name }) => name);
    const sentences = table.flatMap(({ sentence }) => (sentence ? [sentence.de, sentence.en] : []));
    const longer = table.flatMap(({ meaning, firstStep }) =>
      [meaning, firstStep].flatMap((text) => (text ? [text.de, text.en] : [])),
    );

    expect(new Set(names).size).toBe(names.length);
    expect(sentences.filter((text) => text.length > 110 || /[.!]$/.test(text))).toEqual([]);
    expect(longer.filter((text) => text.length > 140 || !text.endsWith('.'))).toEqual([]);
  });
});

/** Facts that fit a row's own pattern, with anything else beside. */
function factsThatFit(when: (typeof table)[number]['when']): fc.Arbitrary<Facts> {
  return anyFacts.chain((facts) =>
    fc
      .tuple(...Object.entries(when).map(([fact, words]) => fc.constantFrom(...words).map((word) => [fact, word] as const)))
      .map((chosen) => {
        const fitting: Record<string, string> = { ...facts };
        for (const [fact, word] of chosen) {
          if (word === 'not-looked') delete fitting[fact];
          else fitting[fact] = word;
        }
        return fitting as unknown as Facts;
      }),
  );
}
