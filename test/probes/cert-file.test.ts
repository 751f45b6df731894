import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secret } from '../../src/lib/secret.ts';
import { parseCertificate } from '../../src/net/pem.ts';
import { certFile, unread } from '../../src/probes/cert-file.ts';
import { certificatesIn } from '../../src/probes/support/files/certificate-file.ts';
import { oneLine } from '../../src/texts/clean.ts';
import { type Authority, certificationAuthority, daysFromNow, distantPast } from '../net/support/certificates.ts';
import { look, optionsOf } from './support/look.ts';

let authority: Authority;
let folder: string;
beforeAll(() => {
  authority = certificationAuthority();
  folder = mkdtempSync(join(tmpdir(), 'cert-file-'));
});
afterAll(() => {
  authority[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

const office = 'DNS:www.office.example,DNS:office.example';
let count = 0;
function file(content: string | Buffer): string {
  const path = join(folder, `${++count}.pem`);
  writeFileSync(path, content);
  return path;
}

function lasting(days: number, names = office): { readonly key: string; readonly cert: string } {
  return authority.issue(names, distantPast, daysFromNow(days + 0.05));
}

describe('the target of a certificate file check', () => {
  it('is a path, a list of them, or secrets that stand for one', () => {
    expect(certFile.describe(optionsOf(certFile, '/etc/a.pem'))).toBe('/etc/a.pem');
    expect(certFile.describe(optionsOf(certFile, ['/etc/a.pem', '/etc/b.pem']))).toBe('/etc/a.pem, /etc/b.pem');
    expect(certFile.describe(optionsOf(certFile, secret('/etc/a.pem')))).toBe('***');
  });

  it.each([null, '', 'a.pem', 5, ['/etc/a.pem', 'b.pem']])('cannot be %j, and the message says what can', (typed) => {
    expect(() => optionsOf(certFile, typed)).toThrow(/a path from the root such as \/etc\/ssl\/certs\/office\.pem/);
  });
});

describe('a certificate file check', () => {
  it('tells how many days are left, and which certificate it is', async () => {
    const { cert } = lasting(9);
    const path = file(cert);

    expect(await look(certFile, path)).toEqual({
      status: 'up',
      reason: 'ok',
      message: expect.stringMatching(/: the certificate of www\.office\.example ends on \d{4}-\d\d-\d\d, in 9 days$/),
      measures: [{ name: 'days', value: 9, unit: 'days' }],
      evidence: ['certificate for www.office.example, office.example', 'issued by Office CA, valid from 2020-01-01'],
      fingerprint: parseCertificate(cert)?.fingerprint256,
    });
  });

  it('reads DER as well', async () => {
    const der = parseCertificate(lasting(9).cert)?.raw ?? expect.fail('unreadable');

    expect(await look(certFile, file(der))).toMatchObject({ status: 'up', measures: [{ value: 9 }] });
  });

  it('counts to the first end in the file, and names that one', async () => {
    const middle = authority.intermediate('Office Intermediate', distantPast, daysFromNow(5.05));
    const { cert } = middle.issue(office, distantPast, daysFromNow(50));

    expect(await look(certFile, file(cert))).toMatchObject({
      status: 'up',
      message: expect.stringContaining('the certificate of Office Intermediate ends on'),
      measures: [{ value: 5 }],
      fingerprint: parseCertificate(cert)?.fingerprint256,
    });
  });

  it.each([
    ['has ended', () => lasting(-3).cert, 'tls-expired', /ended on \d{4}-\d\d-\d\d, 2 days ago$/, -3],
    [
      'is not valid yet',
      () => authority.issue(office, '20980101000000Z').cert,
      'tls-untrusted',
      /not valid before 2098-01-01$/,
      26_000,
    ],
  ] as const)('is down when the certificate %s', async (_what, make, reason, message, days) => {
    const seen = await look(certFile, file(make()));

    expect(seen).toMatchObject({ status: 'down', reason, message: expect.stringMatching(message) });
    expect(Math.abs((seen.measures[0]?.value ?? 0) - days)).toBeLessThan(400);
    expect(seen.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });

  it('looks at several files: the worst one is told, the others stand below', async () => {
    const paths = [file(lasting(30).cert), file(lasting(8).cert), file(lasting(20).cert)];

    const seen = await look(certFile, paths);

    expect(seen).toMatchObject({ status: 'up', measures: [{ value: 8 }], message: expect.stringContaining(`${paths[1]}: `) });
    expect(seen.evidence.slice(2)).toEqual([expect.stringContaining(`${paths[0]}: `), expect.stringContaining(`${paths[2]}: `)]);
    expect(await look(certFile, [...paths, '/nowhere/x.pem'])).toMatchObject({ status: 'down', reason: 'content' });
    expect(await look(certFile, [folder, ...paths])).toMatchObject({ status: 'unknown' });
    expect(await look(certFile, [folder, ...paths, file('')])).toMatchObject({ status: 'down', reason: 'content' });
  });

  it('follows symbolic links, as renewed certificates use them', async () => {
    const link = join(folder, 'live.pem');
    symlinkSync(file(lasting(9).cert), link);
    const broken = join(folder, 'broken.pem');
    symlinkSync(join(folder, 'gone.pem'), broken);

    expect(await look(certFile, link)).toMatchObject({ status: 'up' });
    expect(await look(certFile, broken)).toMatchObject({ status: 'down', reason: 'content' });
  });
});

describe('a file without a certificate', () => {
  it.each<[string, () => string | Buffer, string]>([
    ['is empty', () => '\n \n', 'is empty'],
    ['is something else', () => 'hello', 'holds no certificate'],
    ['holds only a key', () => lasting(9).key, 'holds no certificate, but private key'],
    ['breaks off', () => lasting(9).cert.slice(0, 200), 'holds a certificate that breaks off, number 1 in it'],
    [
      'breaks off further down',
      () => lasting(9).cert + lasting(9).cert.slice(0, 200),
      'holds a certificate that breaks off, number 2 in it',
    ],
    [
      'was put together without a line end between',
      () => lasting(9).cert.trimEnd() + lasting(9).cert,
      'holds a certificate that cannot be read, number 1 in it',
    ],
    [
      'only talks of one',
      () => 'see "-----BEGIN CERTIFICATE-----"',
      'holds no certificate, but one that does not begin its line',
    ],
    [
      'is damaged',
      () => `${lasting(9).cert}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
      'holds a certificate that cannot be read, number 2 in it',
    ],
  ])('is down when it %s', async (_what, content, why) => {
    const path = file(content());

    expect(await look(certFile, path)).toMatchObject({ status: 'down', reason: 'content', message: `${path} ${why}` });
  });

  it('is down when it is not there', async () => {
    expect(await look(certFile, '/nowhere/a.pem')).toMatchObject({
      status: 'down',
      reason: 'content',
      message: 'there is no /nowhere/a.pem on this machine',
    });
  });

  it.each([
    ['PKCS#12', ['pkcs12', '-export', '-passout', 'pass:x', '-in']],
    ['PKCS#7', ['crl2pkcs7', '-nocrl', '-outform', 'DER', '-certfile']],
    ['PKCS#7', ['crl2pkcs7', '-nocrl', '-certfile']],
  ])('proves nothing when it is a %s file, and the message says so (%j)', async (form, args) => {
    const pair = lasting(9);
    const path = file(execFileSync('openssl', [...args, file(pair.key + pair.cert)], { stdio: 'pipe' }));

    expect(await look(certFile, path)).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining(`is a ${form} file, which cannot be read here; name a PEM file`),
    });
  });

  it('never shows a private key, nor anything else of its content', async () => {
    const pair = lasting(9);
    const texts = [pair.key + pair.cert, pair.key, `secret-word ${pair.key}`];

    const seen = JSON.stringify(await Promise.all(texts.map((text) => look(certFile, file(text)))));

    expect(seen).not.toContain('secret-word');
    for (const line of pair.key.split('\n').filter((part) => part.length > 20 && !part.startsWith('---'))) {
      expect(seen).not.toContain(line);
    }
  });
});

describe('what is no file at all', () => {
  it('is not waited for: a pipe, a folder, a device, a file without end', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('/usr/bin/mkfifo', [pipe]);

    for (const path of [pipe, folder, '/dev/zero']) {
      expect(await look(certFile, path)).toMatchObject({ status: 'unknown', message: expect.stringContaining('is not a file') });
    }
    expect(await look(certFile, file(Buffer.alloc(1_048_577, 'a')))).toMatchObject({ message: expect.stringContaining('1 MiB') });
  });

  it('that we may not read is our own trouble, and the message says what to do', async () => {
    const path = file(lasting(9).cert);
    chmodSync(path, 0);

    if (process.getuid?.() !== 0) expect(await look(certFile, path)).toMatchObject({ status: 'unknown' });
    expect(unread('/etc/a.pem', { how: 'refused', code: 'EACCES' })).toMatchObject({
      status: 'unknown',
      message: '/etc/a.pem may not be read by the user that incidentd runs as (EACCES); give that user the right to read it',
    });
    expect(unread('/etc/a.pem', { how: 'refused', code: 'EIO' })).toMatchObject({ status: 'unknown' });
    expect(unread('/mnt/a.pem', { how: 'silent' })).toMatchObject({ status: 'down', reason: 'timeout' });
    expect(unread('/mnt/a.pem', { how: 'not-asked' })).toMatchObject({ status: 'unknown' });
  });
});

describe('the reading of certificate files', () => {
  it('is not slowed down by a file made for it', () => {
    const begun = performance.now();

    certificatesIn(Buffer.from('-----BEGIN CERTIFICATE-----\n'.repeat(37_000)));
    certificatesIn(Buffer.from('-----BEGIN A'.repeat(80_000)));

    expect(performance.now() - begun).toBeLessThan(1000);
  });

  it('takes any bytes', () => {
    const { cert } = lasting(9);
    for (let at = 0; at < cert.length; at += 7) {
      const bytes = Buffer.from(cert);
      bytes[at] = (bytes[at] ?? 0) ^ (at % 255);
      const read = certificatesIn(bytes);
      if (read.how !== 'read') expect(oneLine(read.why)).toBe(read.why);
    }
  });
});
