import { describe, expect, it } from 'vitest';
import { configurationOf } from './support/office.ts';

/** The keys of a service's checks that nobody has written, and the checks that feed them. */
async function certificatesOf(...checks: readonly string[]) {
  const { rules } = await configurationOf(
    `contacts: { anna: a@office.example }\nservices: [{ name: A, checks: [${checks.join(', ')}] }]\n`,
  );
  return (rules.services.A?.checks ?? [])
    .filter(({ kind }) => kind === 'certificate')
    .map(({ key, target, seenBy, watch }) => ({ key, target, seenBy: seenBy?.length, ...(watch && { watch }) }));
}

describe('the certificate that a check sees on its way', () => {
  it.each([
    ['imap: imaps://Mail.Example.com', 'tls: mail.example.com:993'],
    ['imap: imaps://mail.example.com', 'tls: MAIL.example.com:993'],
    ['http: https://bücher.example/', 'tls: bücher.example:443'],
    ['http: https://xn--bcher-kva.example/', 'tls: Bücher.example'],
    ['smtp: smtps://Bücher.example', 'tls: xn--bcher-kva.example:465'],
    ['http: "https://[2001:DB8::1]/"', 'tls: "[2001:db8:0::1]:443"'],
    ['imap: imaps://mail.example.com.', 'tls: mail.example.com:993'],
  ])('of { %s } is watched by { %s }', async (seeing, written) => {
    expect(await certificatesOf(`{ ${seeing} }`, `{ ${written} }`)).toEqual([]);
    expect(await certificatesOf(`{ ${seeing} }`)).toHaveLength(1);
  });

  it('is one for all that see it, however they spell its place, and is shown as the first spells it', async () => {
    expect(
      await certificatesOf('{ imap: imaps://Mail.Example.com }', '{ imap: imaps://mail.example.com, name: second }'),
    ).toEqual([{ key: 'A/certificate:Mail.Example.com:993', target: 'Mail.Example.com:993', seenBy: 2 }]);
  });

  it.each([
    ['{ imap: imaps://mail.example.com }', '{ tls: mail.example.com:995 }'],
    ['{ imap: imaps://mail.example.com }', '{ tls: example.com:993 }'],
    ['{ imap: imaps://mail.example.com }', '{ tls: mail.example.com:993, servername: other.example.com }'],
  ])('of %s has nothing to do with %s', async (seeing, written) => {
    expect(await certificatesOf(seeing, written)).toEqual([
      { key: 'A/certificate:mail.example.com:993', target: 'mail.example.com:993', seenBy: 1 },
    ]);
  });

  it('is watched at all hours in which one of them looks', async () => {
    const office = '{ http: https://example.com/a, watch: office }';

    expect(await certificatesOf(office, '{ http: https://example.com/b, watch: office }')).toMatchObject([{ watch: 'office' }]);
    expect(await certificatesOf(office, '{ http: https://example.com/b }')).toEqual([
      { key: 'A/certificate:example.com:443', target: 'example.com:443', seenBy: 2 },
    ]);
  });
});
