import { createServer, type Server } from 'node:https';
import { expect, test } from 'vitest';
import { type Authority, certificationAuthority, type KeyPair } from '../net/support/certificates.ts';
import { configuration, ownerOnly } from '../support/configuration.ts';
import { openMailSink } from '../support/mail-sink.ts';
import { openOffice } from '../support/office.ts';
import { story, until } from '../support/until.ts';

const dayMs = 86_400_000;

/** `20261203120000Z`, so many days from now. */
function inDays(days: number): string {
  return `${new Date(Date.now() + days * dayMs).toISOString().replace(/[-:T]|\.\d+/g, '')}`;
}

function lasting(authority: Authority, days: number): KeyPair {
  return authority.issue('DNS:localhost,IP:127.0.0.1', inDays(-30), inDays(days));
}

interface SecureSite extends AsyncDisposable {
  readonly port: number;
  show(pair: KeyPair): void;
}

async function openSecureSite(pair: KeyPair): Promise<SecureSite> {
  const server: Server = createServer(pair, (_request, response) => response.end('welcome'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    show: (next) => server.setSecureContext(next),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('a certificate that ends soon is told while the site works, and resolved once it is renewed', story, async () => {
  using authority = certificationAuthority();
  await using site = await openSecureSite(lasting(authority, 2));
  await using sink = await openMailSink();
  await using place = openOffice(
    configuration({
      mail: [sink.port],
      contacts: 'anna: anna@kanzlei.example',
      escalation: ownerOnly,
      services: `- name: Website
  impact: high
  check: { http: "https://localhost:${site.port}/", ca: ${authority.caFile} }
- name: Web mail
  impact: low
  check: { tls: "localhost:${site.port}", ca: ${authority.caFile} }`,
    }),
  );
  const looked = await place.cli('probe');
  await place.run();

  const warning = await place.incident('a warning for both services', ({ affected }) => affected.length > 0);
  const letter = await sink.letter('about the certificate', ({ subject }) => subject.includes('certificate'));
  const status = await place.status();
  site.show(lasting(authority, 90));
  await place.incident('its end', ({ status: now }) => now === 'closed');
  const all = await place.incidents();

  expect(looked.out).toMatch(/^Website +http .* up .*HTTP 200/m);
  expect(looked.out).toMatch(/^Website +certificate localhost:\d+ +degraded /m);
  expect(warning).toMatchObject({ kind: 'warning', status: 'open', priority: 'P2', severity: 'major', category: 'certificate' });
  expect([...warning.services, ...warning.affected.map(({ name }) => name)].toSorted()).toEqual(['Web mail', 'Website']);
  expect(letter.subject).toMatch(/^\[P[24]\] .*: its certificate expires soon \(INC-/);
  expect(letter.text).toContain('Renew the certificate');
  expect(status.services[0]).toMatchObject({
    name: 'Website',
    status: 'degraded',
    checks: [
      { kind: 'http', status: 'up' },
      { kind: 'certificate', status: 'degraded', target: `localhost:${site.port}` },
    ],
  });
  expect(all.map(({ kind, downtimeMs }) => `${kind} ${downtimeMs}`)).toEqual(['warning 0']);
  await until('the all-clear', () => sink.letters.some(({ subject }) => subject.startsWith('[resolved]')));
});
