import { describe, expect, it } from 'vitest';
import { isRedirect, methodAfter, nextHop } from '../../src/net/redirect.ts';

describe('a redirect', () => {
  it.each<[string, string, string, boolean]>([
    ['http://a.example/x', '/y?z', 'http://a.example/y?z', true],
    ['https://a.example/x/', 'y', 'https://a.example/x/y', true],
    ['http://a.example/', 'https://a.example/', 'https://a.example/', true],
    ['http://a.example/', 'https://a.example:8443/', 'https://a.example:8443/', false],
    ['http://a.example:8080/', 'http://a.example:9090/', 'http://a.example:9090/', false],
    ['https://a.example/', 'https://www.a.example/', 'https://www.a.example/', false],
    ['https://www.a.example/', '//a.example/', 'https://a.example/', false],
    ['https://a.example/', 'https://sso.other.example/login', 'https://sso.other.example/login', false],
    ['https://a.example/', 'https://user:password@a.example/', 'https://a.example/', true],
  ])('from %s to %s leads to %s, headers go along: %s', (from, location, url, carry) => {
    const next = nextHop(new URL(from), location, ['SSO.other.example']);

    expect(next).toMatchObject({ follow: true, carry });
    if (next.follow) expect(next.url.href).toBe(url);
  });

  it.each<[string, string, RegExp]>([
    ['https://a.example/', 'file:///etc/passwd', /to a file: address/],
    ['https://a.example/', 'javascript:alert(1)', /to a javascript: address/],
    ['https://a.example/', 'ftp://a.example/', /to a ftp: address/],
    ['https://a.example/', 'http://a.example/', /from https to http/],
    ['https://a.example/', 'https://169.254.169.254/latest/meta-data', /to another host \(169\.254\.169\.254\)/],
    ['https://a.example/', 'https://a.example.evil.example/', /to another host/],
    ['https://a.example/', 'http://[', /not a URL/],
  ])('from %s to %s is not followed', (from, location, why) => {
    expect(nextHop(new URL(from), location, [])).toEqual({ follow: false, why: expect.stringMatching(why) });
  });

  it('is an answer of five statuses that names a location', () => {
    expect([301, 302, 303, 307, 308].every((status) => isRedirect(status, '/x'))).toBe(true);
    expect(isRedirect(302, undefined) || isRedirect(304, '/x') || isRedirect(200, '/x')).toBe(false);
  });

  it.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [303, 'HEAD', 'HEAD'],
    [307, 'POST', 'POST'],
    [308, 'PUT', 'PUT'],
    [302, 'HEAD', 'HEAD'],
  ])('with status %i after %s asks with %s', (status, method, next) => {
    expect(methodAfter(status, method)).toBe(next);
  });
});
