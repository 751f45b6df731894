import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/core/observation.ts';
import { tls } from '../../../src/probes/tls.ts';
import { type Authority, certificationAuthority } from '../../net/support/certificates.ts';
import { tlsServer } from '../../net/support/servers.ts';
import { look } from './look.ts';

let authority: Authority;
let other: Authority;
let file: string;
beforeAll(() => {
  authority = certificationAuthority();
  other = certificationAuthority(300, 'Other CA');
  file = join(authority.folder, 'bundle.pem');
});
afterAll(() => {
  authority[Symbol.dispose]();
  other[Symbol.dispose]();
});

/** A look at a good server by somebody who trusts what is in a file with this text. */
async function lookWith(text: string): Promise<Observation> {
  writeFileSync(file, text, 'latin1');
  await using server = await tlsServer(authority.issue('DNS:localhost'), () => {});
  return await look(tls, `localhost:${server.port}`, { ca: file });
}

const indented = (text: string) => text.replaceAll(/^(?=.)/gm, '    ');

describe('a file of authorities', () => {
  it.each<[string, () => string]>([
    ['text around them', () => `# ours\n${authority.ca}\nsubject=CN = Other CA\n${other.ca}the end`],
    ['a private key before them', () => authority.issue('DNS:x').key + authority.ca],
    ['line ends of Windows', () => (other.ca + authority.ca).replaceAll('\n', '\r\n')],
    ['no line end at its end', () => authority.ca.trimEnd()],
    ['the older mark of X509 CERTIFICATE', () => authority.ca.replaceAll('CERTIFICATE', 'X509 CERTIFICATE')],
    ['blocks of TRUSTED CERTIFICATE', () => other.ca + execFileSync('openssl', ['x509', '-trustout', '-in', authority.caFile])],
    ['only the lines between the marks indented', () => authority.ca.replaceAll(/\n(?=[A-Za-z0-9])/g, '\n  ')],
    ['a mark within a line of text', () => `begins with -----BEGIN CERTIFICATE-----\n${authority.ca}`],
  ])('is used with %s', async (_what, text) => {
    expect(await lookWith(text())).toMatchObject({ status: 'up' });
  });

  it.each<[string, () => string, string, number]>([
    ['is cut off', () => authority.ca.slice(0, 300), 'breaks off', 1],
    ['is cut off behind a good one', () => other.ca + authority.ca.slice(0, 300), 'breaks off', 2],
    ['has lost a line before a good one', () => other.ca.replace(/\n.+\n/, '\n') + authority.ca, 'cannot be read', 1],
    ['holds garbage between the marks', () => authority.ca.replace(/\n[A-Za-z0-9]/, '\n?'), 'cannot be read', 1],
    [
      'has nothing between the marks',
      () => `${other.ca}-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n`,
      'cannot be read',
      2,
    ],
    ['has lost the mark at its end', () => other.ca.replace(/-----END.*\n/, '') + authority.ca, 'breaks off', 1],
    ['is indented', () => indented(authority.ca), 'is indented', 1],
    ['is indented, behind one that is not', () => other.ca + indented(authority.ca), 'is indented', 2],
    ['begins with a byte order mark', () => `\u00EF\u00BB\u00BF${authority.ca}`, 'stands behind a byte order mark', 1],
    ['stands on the line on which another ends', () => other.ca.trimEnd() + authority.ca, 'cannot be read', 1],
    ['has the line ends of old Macs', () => authority.ca.replaceAll('\n', '\r'), 'cannot be read', 1],
  ])('in which a certificate %s is our own trouble, not the server’s', async (_what, text, why, number) => {
    expect(await lookWith(text())).toMatchObject({
      status: 'unknown',
      message: `the CA file ${file} holds a certificate that ${why}, number ${number} in it; mend or remove it there`,
    });
  });
});
