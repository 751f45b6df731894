import { describe, expect, it } from 'vitest';
import type { Way } from '../../src/core/diagnosis.ts';
import { secret } from '../../src/lib/secret.ts';
import type { Probe, Typed } from '../../src/probes/contract.ts';
import { probeOf, probes } from '../../src/probes/registry.ts';

interface Example {
  readonly kind: string;
  readonly typed: Typed;
  readonly written?: object;
  readonly way: Way;
}

const examples: readonly Example[] = [
  { kind: 'http', typed: 'http://www.example/x', way: { host: 'www.example', port: 80, transport: 'tcp' } },
  {
    kind: 'http',
    typed: 'https://[2001:db8::1]:8443/',
    written: { insecure: true },
    way: { host: '2001:db8::1', port: 8443, transport: 'tcp', tls: 'implicit', trust: { insecure: true } },
  },
  { kind: 'ping', typed: 'router', way: { host: 'router', transport: 'icmp' } },
  { kind: 'tcp', typed: 'db:5432', way: { host: 'db', port: 5432, transport: 'tcp' } },
  {
    kind: 'udp',
    typed: 'radius:1812',
    written: { send: 'a', expect: 'b' },
    way: { host: 'radius', port: 1812, transport: 'udp' },
  },
  {
    kind: 'dns',
    typed: 'dns://192.0.2.53/example.com?type=MX',
    way: { host: '192.0.2.53', port: 53, transport: 'udp', asks: { name: 'example.com', type: 'MX' } },
  },
  {
    kind: 'dns',
    typed: '192.0.2.10',
    way: { host: '192.0.2.10', transport: 'lookup', asks: { name: '10.2.0.192.in-addr.arpa', type: 'PTR' } },
  },
  { kind: 'ntp', typed: 'router', way: { host: 'router', port: 123, transport: 'udp' } },
  { kind: 'port-closed', typed: 'office.example:3389', way: { host: 'office.example', port: 3389, transport: 'tcp' } },
  { kind: 'ssh', typed: 'web1', way: { host: 'web1', port: 22, transport: 'tcp' } },
  {
    kind: 'smtp',
    typed: 'mail.example:587',
    written: { tls: 'starttls', ca: '/etc/ca.pem' },
    way: { host: 'mail.example', port: 587, transport: 'tcp', tls: 'starttls', trust: { ca: '/etc/ca.pem' } },
  },
  { kind: 'smtp', typed: 'mail.example', way: { host: 'mail.example', port: 25, transport: 'tcp' } },
  { kind: 'imap', typed: 'imaps://mail.example', way: { host: 'mail.example', port: 993, transport: 'tcp', tls: 'implicit' } },
  { kind: 'pop3', typed: 'mail.example', way: { host: 'mail.example', port: 110, transport: 'tcp' } },
  {
    kind: 'tls',
    typed: '192.0.2.5:8443',
    written: { servername: 'nas.example' },
    way: { host: '192.0.2.5', port: 8443, transport: 'tcp', tls: 'implicit', trust: { name: 'nas.example' } },
  },
];

/** Kinds that look at this machine, wait for a sign of life, or run what only its author understands. */
const withoutTarget = ['command', 'disk', 'file', 'memory', 'load', 'process', 'systemd', 'heartbeat', 'cert-file'];

describe('the way of a check', () => {
  it.each(examples)('of kind $kind to $typed', ({ kind, typed, written, way }) => {
    expect(wayOf(probeOf(kind), typed, written)).toEqual(way);
  });

  it('is given by every kind that has a network target', () => {
    const followed = new Set(examples.map(({ kind }) => kind));
    const kinds = probes.map(({ kind }) => kind).filter((kind) => !withoutTarget.includes(kind));

    expect(kinds.filter((kind) => !followed.has(kind))).toEqual([]);
  });

  it.each(withoutTarget)('of kind %s leads nowhere', (kind) => {
    expect(probeOf(kind)).toMatchObject({ kind });
    expect(probeOf(kind)?.way).toBeUndefined();
  });

  it('says when its host is a secret', () => {
    expect(wayOf(probeOf('tcp'), secret('db.secret.example:5432'))).toMatchObject({ host: 'db.secret.example', hidden: true });
  });
});

function wayOf(probe: Probe | undefined, typed: Typed, written: object = {}): Way | null {
  if (probe?.way === undefined) throw new Error('there is no way');
  return probe.way(probe.schema.parse({ ...probe.target(typed, null), ...written }));
}
