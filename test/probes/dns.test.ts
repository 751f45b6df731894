import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secret } from '../../src/lib/secret.ts';
import { createResolver } from '../../src/net/resolver.ts';
import { dns } from '../../src/probes/dns.ts';
import { describeWith } from '../net/support/peers.ts';
import { look, optionsOf } from './support/look.ts';
import { named, namedProgram } from './support/named.ts';

describe('the target of a DNS check', () => {
  it.each<[string | null, string | null, object, string]>([
    ['example.com', null, {}, 'example.com'],
    ['example.com.', 'other', {}, 'example.com.'],
    [null, 'web1.example.com', {}, 'web1.example.com'],
    ['müller.example', null, { type: 'MX' }, 'müller.example MX'],
    ['_dmarc.example.com', null, { type: 'TXT' }, '_dmarc.example.com TXT'],
    ['192.0.2.1', null, {}, '192.0.2.1'],
    ['2001:db8::1', null, { type: 'PTR' }, '2001:db8::1'],
    ['0/25.2.0.192.in-addr.arpa', null, { type: 'NS' }, '0/25.2.0.192.in-addr.arpa NS'],
    ['example.com', null, { resolver: '192.168.178.1' }, 'example.com @192.168.178.1'],
    ['dns://example.com', null, {}, 'example.com'],
    ['dns:example.com', null, {}, 'example.com'],
    ['dns:///example.com?type=aaaa', null, {}, 'example.com AAAA'],
    ['dns://192.168.178.1/example.com', null, {}, 'example.com @192.168.178.1'],
    ['dns://ns1.example.com:5353/example.com?CLASS=IN;TYPE=MX', null, {}, 'example.com MX @ns1.example.com:5353'],
    ['dns://[2001:db8::53]:53/example.com', null, {}, 'example.com @[2001:db8::53]:53'],
  ])('%s with host %s and %j is %s', (typed, host, written, shown) => {
    expect(dns.describe(optionsOf(dns, typed, written, host))).toBe(shown);
  });

  it.each([
    [null, /dns needs a name such as example.com/],
    ['dns://192.168.178.1', /expected a name such as example.com, or dns:/],
    ['dns://ns1:53', /expected a name/],
    ['dns://ns1/example.com?class=CH', /expected a name/],
    ['dns://ns1/example.com?colour=red', /expected a name/],
    ['a b.example', /expected a name such as example.com, or an address/],
    ['a..example', /expected a name/],
    [`${'x'.repeat(64)}.example`, /expected a name/],
    ['http://example.com', /expected a name/],
  ])('cannot be %j, and the message says what can', (typed, message) => {
    expect(() => optionsOf(dns, typed)).toThrow(message);
  });

  it('may be a secret, which is then not shown', () => {
    expect(dns.describe(optionsOf(dns, secret('dns://ns1/hidden.example?type=TXT')))).toBe('*** TXT @ns1');
  });

  it('takes no record of an address but its names, and no server that cannot be one', () => {
    expect(() => optionsOf(dns, '192.0.2.1', { type: 'MX' })).toThrow(/an address has names \(PTR\), no MX record/);
    expect(() => optionsOf(dns, 'example.com', { resolver: 'a b' })).toThrow(/expected a name server such as/);
    expect(() => optionsOf(dns, 'example.com', { expect: '/(/' })).toThrow(/not a regular expression/);
  });
});

const zones = {
  'office.example': [
    'www A 192.0.2.10',
    'www A 192.0.2.11',
    'www AAAA 2001:db8::10',
    'intranet CNAME www',
    '@ MX 10 mail',
    '@ MX 20 backup.office.example.',
    '@ TXT "v=spf1 mx " "-all"',
    '@ CAA 0 issue "letsencrypt.org"',
    '_sip._tcp SRV 5 10 5060 phone',
    '_25._tcp.mail TLSA 3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    'xn--mller-kva A 192.0.2.12',
    'ring CNAME round',
    'round CNAME ring',
    ...Array.from({ length: 60 }, (_, index) => `large TXT "${`${index} `.padEnd(180, 'x')}"`),
  ],
  '2.0.192.in-addr.arpa': ['10 PTR www.office.example.'],
  '8.b.d.0.1.0.0.2.ip6.arpa': ['0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0 PTR www.office.example.'],
  'broken.example': ['www A not-an-address'],
};

describeWith(namedProgram, 'bind9', 'a DNS check of a real name server', () => {
  let peer: Awaited<ReturnType<typeof named>>;
  beforeAll(async () => {
    peer = await named(zones);
  });
  afterAll(() => peer?.[Symbol.asyncDispose]());

  const asked = (name: string, written: object = {}) => look(dns, name, { resolver: peer.server, ...written });

  it.each<[string, string | undefined, string | readonly string[], number]>([
    ['www.office.example', undefined, ['192.0.2.11', '192.0.2.10'], 2],
    ['WWW.office.example.', 'A', '/^192\\.0\\.2\\./', 2],
    ['intranet.office.example', 'A', '192.0.2.10', 2],
    ['intranet.office.example', 'CNAME', 'WWW.office.example.', 1],
    ['www.office.example', 'AAAA', '2001:DB8:0::10', 1],
    ['office.example', 'MX', ['mail.office.example', '20 backup.office.example'], 2],
    ['office.example', 'TXT', 'v=spf1 mx -all', 1],
    ['office.example', 'TXT', '/-all$/', 1],
    ['office.example', 'NS', 'ns1.office.example', 1],
    ['office.example', 'SOA', '/ 2026010101 3600 600 86400 60$/', 1],
    ['office.example', 'CAA', '0 issue "letsencrypt.org"', 1],
    ['office.example', 'CAA', 'letsencrypt.org', 1],
    ['_sip._tcp.office.example', 'SRV', 'phone.office.example:5060', 1],
    ['_sip._tcp.office.example', 'SRV', '5 10 5060 phone.office.example', 1],
    ['_25._tcp.mail.office.example', 'TLSA', '/^3 1 1 0123/', 1],
    ['müller.office.example', 'A', '192.0.2.12', 1],
    ['192.0.2.10', undefined, 'www.office.example', 1],
    ['2001:db8::10', undefined, 'www.office.example', 1],
    ['large.office.example', 'TXT', '/^59 x/', 60],
  ])('finds %s %s: %j', async (name, type, expected, count) => {
    const seen = await asked(name, { expect: expected, ...(type === undefined ? {} : { type }) });

    expect(seen).toMatchObject({ status: 'up', message: expect.stringContaining(`says name server ${peer.server} after`) });
    expect(seen.measures).toEqual([
      { name: 'time', value: expect.any(Number), unit: 'ms' },
      { name: 'answers', value: count, unit: 'count' },
    ]);
  });

  it.each<[string, object, string, RegExp]>([
    [
      'www.office.example',
      { expect: '192.0.2.1' },
      'content',
      /has A 192\.0\.2\.1[01], 192\.0\.2\.1[01], expected 192\.0\.2\.1;/,
    ],
    ['www.office.example', { expect: ['192.0.2.10', '192.0.2.99'] }, 'content', /expected 192\.0\.2\.99/],
    ['office.example', { type: 'TXT', expect: 'v=spf1' }, 'content', /has TXT v=spf1 mx -all, expected v=spf1;/],
    ['large.office.example', { type: 'TXT', expect: 'y' }, 'content', /and 56 more/],
    ['www.office.example', { expect: 'none' }, 'content', /there should be none/],
    ['nothing.office.example', {}, 'dns-failure', /^nothing\.office\.example does not exist \(NXDOMAIN\), says name server 127/],
    ['www.office.example', { type: 'MX' }, 'dns-failure', /^www\.office\.example has no MX record, says/],
    ['ring.office.example', {}, 'dns-failure', /could not find out about ring\.office\.example \(SERVFAIL\)/],
    ['www.elsewhere.example', {}, 'dns-failure', /refuses to answer for www\.elsewhere\.example \(REFUSED\)/],
    ['www.broken.example', {}, 'dns-failure', /could not find out about www\.broken\.example \(SERVFAIL\)/],
  ])('says of %s with %j that it is down, and why', async (name, written, reason, message) => {
    expect(await asked(name, written)).toMatchObject({ status: 'down', reason, message: expect.stringMatching(message) });
  });

  it.each(['nothing.office.example', 'office.example'])('is content when %s should not be there and is not', async (name) => {
    expect(await asked(name, { expect: 'none' })).toMatchObject({
      status: 'up',
      message: expect.stringContaining('as it should be'),
    });
  });

  it('looks up the name server, where that is a name', async () => {
    const [, port] = peer.server.split(':');

    expect(await asked('www.office.example', { resolver: `localhost:${port}` })).toMatchObject({ status: 'up' });
  });

  it('says so when the name server has no address', async () => {
    const resolver = createResolver({ servers: [peer.server], hostsFile: '/nowhere', resolvConf: '/nowhere' });

    const seen = await look(dns, 'www.office.example', { resolver: 'ns7.office.example' }, { resolver });

    expect(seen).toMatchObject({
      status: 'down',
      reason: 'dns-failure',
      message: expect.stringMatching(/^the name server's own name/),
    });
  });
});
