import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseHosts, parseResolvConf } from '../../src/net/hosts.ts';
import { candidates, createResolver, systemResolver } from '../../src/net/resolver.ts';
import { type Behaviour, deadServer, nameServer } from './support/dns-server.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'resolver-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function soon(ms = 5000): AbortSignal {
  return AbortSignal.timeout(ms);
}

/** Asks for `name` where the name server knows `table`; gives the addresses, or the failure's text. */
async function asked(
  name: string,
  table: Readonly<Record<string, Behaviour>>,
  conf = '',
  tryMs = 150,
): Promise<readonly string[] | string> {
  await using server = await nameServer(table);
  const resolver = createResolver({
    hostsFile: file('no-hosts', ''),
    resolvConf: file('resolv.conf', conf),
    servers: server.servers,
    tryMs,
  });
  const result = await resolver.resolve(name, soon());
  return result.ok ? result.addresses.map(({ address }) => address) : result.text;
}

describe('the resolver, without asking anybody,', () => {
  const silent = createResolver({ servers: ['127.0.0.1:1'], hostsFile: '/nowhere', resolvConf: '/nowhere' });

  it.each([
    ['127.0.0.1', ['127.0.0.1']],
    ['::1', ['::1']],
    ['[::1]', ['::1']],
    ['fe80::1%lo', ['fe80::1%lo']],
    ['localhost', ['127.0.0.1', '::1']],
    ['printer.localhost', ['127.0.0.1', '::1']],
  ])('takes %s as it is', async (name, addresses) => {
    const result = await silent.resolve(name, soon());

    expect(result).toMatchObject({ ok: true, addresses: addresses.map((address) => ({ address })) });
  });

  it.each(['a b', 'x'.repeat(300), 'a..b', '', '-h', '--help'])('has no address for %j and does not throw', async (name) => {
    expect(await silent.resolve(name, soon(500))).toMatchObject({ ok: false, failure: 'dns-failure' });
  });

  it('reads the hosts file again when it changed', async () => {
    const hostsFile = file('hosts', '192.0.2.7 nas NAS.office # the new one\n2001:db8::7 nas\nbad line\n');
    const resolver = createResolver({ hostsFile, servers: ['127.0.0.1:1'] });

    const before = await resolver.resolve('NAS', soon());
    file('hosts', '192.0.2.123 nas\n');
    const after = await resolver.resolve('nas', soon());

    expect(before).toMatchObject({
      addresses: [
        { address: '192.0.2.7', family: 4 },
        { address: '2001:db8::7', family: 6 },
      ],
    });
    expect(after).toMatchObject({ addresses: [{ address: '192.0.2.123' }] });
  });

  it('is there for this machine', async () => {
    expect(await systemResolver.resolve('localhost', soon())).toMatchObject({ ok: true });
  });
});

describe('the resolver, asking a name server,', () => {
  it('gives IPv4 before IPv6', async () => {
    const found = await asked('db.example', { 'db.example': { a: ['192.0.2.1', '192.0.2.2'], aaaa: ['2001:db8::1'] } });

    expect(found).toEqual(['192.0.2.1', '192.0.2.2', '2001:db8::1']);
  });

  it('gives IPv6 alone where there is no IPv4', async () => {
    expect(await asked('six.example', { 'six.example': { aaaa: ['2001:db8::1'] } })).toEqual(['2001:db8::1']);
  });

  it('does not wait long for an IPv6 answer that never comes', async () => {
    const begun = performance.now();

    expect(await asked('four.example', { 'four.example': { a: ['192.0.2.1'], aaaa: 'silent' } }, '', 3000)).toEqual([
      '192.0.2.1',
    ]);
    expect(performance.now() - begun).toBeLessThan(2500);
  });

  it('asks for names of other scripts in their ASCII form', async () => {
    expect(await asked('müller.example', { 'xn--mller-kva.example': { a: ['192.0.2.1'] } })).toEqual(['192.0.2.1']);
  });

  it.each<[Behaviour, RegExp]>([
    ['nxdomain', /^no such name \(NXDOMAIN\), says name server 127\.0\.0\.1/],
    ['servfail', /could not answer \(SERVFAIL\)/],
    ['refused', /refuses to answer/],
    ['silent', /^no answer in time from name server/],
    ['other-id', /^no answer in time/],
    [{}, /^the name has no address/],
  ])('says plainly when the answer is %j', async (behaviour, text) => {
    expect(await asked('x.example', { 'x.example': behaviour })).toMatch(text);
  });

  it('survives an answer that is no DNS message', async () => {
    expect(await asked('x.example', { 'x.example': 'garbage' })).toMatch(/name server/);
  });

  it('says when nothing listens there', async () => {
    const resolver = createResolver({ servers: await deadServer(), hostsFile: '/nowhere', tryMs: 150 });

    expect(await resolver.resolve('x.example', soon())).toMatchObject({ ok: false, text: expect.stringMatching(/name server/) });
  });

  it('ends at once when the signal aborts', async () => {
    await using server = await nameServer({ 'x.example': 'silent' });
    const resolver = createResolver({ servers: server.servers, hostsFile: '/nowhere' });
    const begun = performance.now();

    const result = await resolver.resolve('x.example', AbortSignal.timeout(100));

    expect(result).toMatchObject({ ok: false, failure: 'dns-failure', text: expect.stringContaining('no answer in time') });
    expect(performance.now() - begun).toBeLessThan(1500);
  });

  it('asks 64 questions at once, the others in turn', async () => {
    await using silentServer = await nameServer({ 'x.example': 'silent' });
    await using server = await nameServer({ 'x.example': { a: ['192.0.2.1'] } });
    const stuck = createResolver({ servers: silentServer.servers, hostsFile: '/nowhere', resolvConf: '/nowhere' });
    const quick = createResolver({ servers: server.servers, hostsFile: '/nowhere', resolvConf: '/nowhere' });
    const hundred = Array.from({ length: 100 });
    const deadline = soon(300);

    const unanswered = await Promise.all(hundred.map(() => stuck.resolve('x.example', deadline)));
    const answered = await Promise.all(hundred.map(() => quick.resolve('x.example', soon())));

    expect(unanswered.filter((result) => !result.ok && result.failure === 'dns-failure').length).toBe(100);
    expect(silentServer.questions.length).toBe(128);
    expect(answered.every(({ ok }) => ok)).toBe(true);
  });

  it('never puts the name into its words', async () => {
    expect(await asked('secret-host', { 'secret-host': 'nxdomain' })).not.toContain('secret-host');
  });
});

describe('the search list', () => {
  it('is tried for a single-label name', async () => {
    expect(
      await asked('printer', { 'printer.office.example': { a: ['192.0.2.9'] } }, 'search lab.example office.example\n'),
    ).toEqual(['192.0.2.9']);
  });

  it('is tried last for a name with dots', async () => {
    expect(
      await asked('a.b', { 'a.b': { a: ['192.0.2.1'] }, 'a.b.office.example': { a: ['192.0.2.2'] } }, 'search office.example\n'),
    ).toEqual(['192.0.2.1']);
  });

  it.each<[string, readonly string[], number, readonly string[]]>([
    ['router', ['lan'], 1, ['router.lan', 'router']],
    ['router.', ['lan'], 1, ['router']],
    ['a.b', ['lan', 'office'], 1, ['a.b', 'a.b.lan', 'a.b.office']],
    ['a.b', ['lan'], 2, ['a.b.lan', 'a.b']],
    ['router', [], 1, ['router']],
  ])('of %s with %j and ndots %i gives %j', (name, search, ndots, expected) => {
    expect(candidates(name, { search, ndots })).toEqual(expected);
  });

  it('is read from resolv.conf, the last line counting', () => {
    expect(
      parseResolvConf('domain old.example\nsearch a.example b.example .\noptions rotate ndots:2\nnameserver 192.0.2.1'),
    ).toEqual({
      search: ['a.example', 'b.example'],
      ndots: 2,
    });
    expect(parseResolvConf('')).toEqual({ search: [], ndots: 1 });
  });
});

describe('the hosts file', () => {
  it('gives each name its addresses in order, once', () => {
    const hosts = parseHosts('127.0.0.1 localhost\n::1 localhost\n127.0.0.1\tlocalhost LOOP\n#192.0.2.1 no\n300.1.1.1 no\n');

    expect([...hosts]).toEqual([
      ['localhost', ['127.0.0.1', '::1']],
      ['loop', ['127.0.0.1']],
    ]);
  });
});
