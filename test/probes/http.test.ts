import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../../src/core/observation.ts';
import { http } from '../../src/probes/http.ts';
import { closedPort } from '../net/support/servers.ts';
import { look } from './support/look.ts';
import { site } from './support/site.ts';

/** Looks at a site that answers every request with this. */
async function answered(
  written: object,
  body: string | Buffer = 'Anmelden',
  status = 200,
  headers: Record<string, string> = {},
): Promise<Observation> {
  await using server = await site((_request, response) => response.writeHead(status, headers).end(body));
  return await look(http, server.url, written);
}

describe('a web check', () => {
  it('is up with status, time and size', async () => {
    const seen = await answered({});

    expect(seen).toMatchObject({ status: 'up', reason: 'ok', message: expect.stringMatching(/^HTTP 200 OK after [\d.]+ m?s$/) });
    expect(seen.measures.map(({ name, unit }) => [name, unit])).toEqual([
      ['time', 'ms'],
      ['size', 'bytes'],
    ]);
    expect(seen.measures[1]?.value).toBe(8);
    expect(seen.evidence[0]).toMatch(/^name .* connection .* TLS .* first byte/);
  });

  it.each([
    [503, 'http-status', /^HTTP 503 Service Unavailable after [\d.]+ m?s$/],
    [404, 'http-status', /^HTTP 404 Not Found/],
    [401, 'auth-failed', /^HTTP 401 Unauthorized/],
    [403, 'auth-failed', /^HTTP 403 Forbidden/],
  ])('with status %i is down: %s', async (status, reason, message) => {
    expect(await answered({}, '', status)).toMatchObject({ status: 'down', reason, message: expect.stringMatching(message) });
  });

  it.each<[unknown, number, string]>([
    [200, 200, 'up'],
    [200, 204, 'down'],
    [[200, 404], 404, 'up'],
    ['4xx', 401, 'up'],
    [['2xx', 503], 503, 'up'],
    ['2xx', 302, 'down'],
  ])('expecting status %j and getting %i is %s', async (status, got, result) => {
    expect(await answered({ expect: { status } }, '', got)).toMatchObject({ status: result });
  });

  it('says which status was expected', async () => {
    expect(await answered({ expect: { status: [200, '3xx'] } }, '', 500)).toMatchObject({
      reason: 'http-status',
      message: expect.stringContaining('expected 200 or 3xx'),
    });
  });

  it.each<[string, string | Buffer, string]>([
    ['Anmelden', 'bitte Anmelden!', 'up'],
    ['Anmelden', 'Wartung', 'down'],
    ['/an(melden)?/i', 'ANMELDEN', 'up'],
    ['/^b$/m', 'a\nb\nc', 'up'],
    ['/login', 'href="/login"', 'up'],
    ['Grüße', 'Grüße', 'up'],
  ])('expecting the body %j to be in %j is %s', async (body, got, status) => {
    expect(await answered({ expect: { body } }, got)).toMatchObject({ status });
  });

  it('reads a body in the character set that the answer names', async () => {
    const headers = { 'Content-Type': 'text/html; charset=iso-8859-1' };

    expect(await answered({ expect: { body: 'Grüße' } }, Buffer.from('Grüße', 'latin1'), 200, headers)).toMatchObject({
      status: 'up',
    });
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('reads a body compressed with %s', async (encoding, compress) => {
    const headers = { 'Content-Encoding': encoding };

    expect(await answered({ expect: { body: 'Anmelden' } }, compress('Anmelden'), 200, headers)).toMatchObject({ status: 'up' });
  });

  it('says what the body lacks', async () => {
    expect(await answered({ expect: { body: 'Anmelden' } }, 'Wartung')).toMatchObject({
      reason: 'content',
      message: expect.stringMatching(/^HTTP 200 OK after .*: the body does not contain "Anmelden"$/),
    });
  });

  it.each<[object, string, string]>([
    [{ status: 'ok' }, '{"status":"ok"}', 'up'],
    [{ status: 'ok' }, '{"status":"bad"}', 'down'],
    [{ 'data.items[1].n': 5 }, '{"data":{"items":[{},{"n":5}]}}', 'up'],
    [{ 'data.items.1.n': 5 }, '{"data":{"items":[{},{"n":"5"}]}}', 'down'],
    [{ '[0]': true }, '[true]', 'up'],
    [{ v: '/^1\\./' }, '{"v":"1.2"}', 'up'],
    [{ v: '/^1\\./' }, '{"v":"2.2"}', 'down'],
    [{ v: null }, '{"v":null}', 'up'],
    [{ v: null }, '{}', 'down'],
    [{ 'constructor.name': 'Object' }, '{}', 'down'],
    [{ status: 'ok' }, 'not json', 'down'],
    [{ status: 'ok' }, '', 'down'],
    [{ status: 'ok' }, '['.repeat(500_000), 'down'],
  ])('expecting JSON %j in %.40s is %s', async (json, body, status) => {
    expect(await answered({ expect: { json } }, body)).toMatchObject({ status, reason: status === 'up' ? 'ok' : 'content' });
  });

  it('says which JSON value is wrong', async () => {
    expect(await answered({ expect: { json: { 'queue.length': 0 } } }, '{"queue":{"length":7}}')).toMatchObject({
      message: expect.stringContaining('queue.length is 7, expected 0'),
    });
  });

  it.each<[object, string]>([
    [{ 'X-Frame-Options': 'DENY' }, 'up'],
    [{ 'x-frame-options': '/^deny$/i' }, 'up'],
    [{ 'X-Frame-Options': 'SAMEORIGIN' }, 'down'],
    [{ 'X-Missing': 'x' }, 'down'],
  ])('expecting headers %j is %s', async (header, status) => {
    expect(await answered({ expect: { header } }, '', 200, { 'X-Frame-Options': 'DENY' })).toMatchObject({ status });
  });

  it('interrupts an expression that would take for ever, and says that it is the admin who can help', async () => {
    const seen = await answered({ expect: { body: '/(a+)+$/' } }, `${'a'.repeat(40)}!`);

    expect(seen).toMatchObject({ status: 'unknown', message: expect.stringContaining('write a simpler one') });
  });

  it('says when nothing listens', async () => {
    const port = await closedPort();

    expect(await look(http, `http://127.0.0.1:${port}/`)).toMatchObject({
      status: 'down',
      reason: 'port-closed',
      message: `127.0.0.1:${port} refuses connections`,
      measures: [],
    });
  });

  it('says when the name does not exist', async () => {
    const resolver = { resolve: async () => ({ ok: false, failure: 'dns-failure', text: 'no such name' }) as const };

    expect(await look(http, 'http://nowhere.example/', {}, { resolver })).toMatchObject({
      status: 'down',
      reason: 'dns-failure',
    });
  });
});
