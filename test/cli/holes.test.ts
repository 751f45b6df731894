import { describe, expect, it } from 'vitest';
import { holesOf } from '../../src/cli/holes.ts';
import type { Rules } from '../../src/core/rules.ts';
import { check, contact, rules, service } from '../support/rules.ts';

const now = Date.parse('2026-05-12T12:05:00Z');
const [tcp, ping] = [
  { kind: 'tcp', target: '192.168.178.9:445' },
  { kind: 'ping', target: '1.1.1.1' },
];

function holes(office: Rules, { servers = 0 }: { readonly servers?: number } = {}): readonly string[] {
  const mailServer = { host: 'mail.example', port: 25, secure: false, tls: 'optional' as const };
  return holesOf(
    {
      rules: office,
      mail: {
        from: { name: null, address: 'a@b.example' },
        servers: Array.from({ length: servers }, () => mailServer),
        inbox: null,
      },
    },
    now,
  );
}

describe('what a configuration does not cover', () => {
  it('is nothing where somebody is told at every hour', () => {
    expect(holes(rules())).toEqual([]);
  });

  it('is a P2 at night when everybody has hours; hours never hold a P1', () => {
    const sleepers = ['anna', 'ben', 'boss'].map((id) => contact(id, { hours: 'office' }));
    const services = [
      service('Mail'),
      service('Files'),
      service('Website', { impact: 'high', checks: [check('Website', { part: true })] }),
    ];

    const found = holes(
      rules({
        contacts: sleepers,
        services: [...services, service('Router', { impact: 'high', checks: [check('Router', { thresholds: [] })] })],
      }),
    );

    expect(found).toEqual([
      expect.stringMatching(/^Mail, Files, Website: a P2 reaches nobody at some hours, such as Tue 12 May 2026 18:00/),
    ]);
  });

  it('is a P1 that no channel takes', () => {
    const picky = ['anna', 'ben', 'boss'].map((id) =>
      contact(id, { channels: [{ id: 'email', kind: 'email', address: `${id}@office.example`, only: ['P3'] }] }),
    );

    expect(holes(rules({ contacts: picky }))).toEqual(
      ['P1', 'P2'].map(
        (priority) =>
          `Website: a ${priority} reaches nobody at any hour: no level names somebody who can be told; name one, or widen their only: and events:`,
      ),
    );
  });

  it('is the line of the office, where mail servers are the only way out', () => {
    expect(holes(rules(), { servers: 1 })).toEqual([expect.stringContaining('when the line of the office is down')]);
    expect(holes(rules(), { servers: 0 })).toEqual([]);
  });

  it('is the line of the office for web addresses, too, but not where a program may have its own way', () => {
    const anna = (...kinds: readonly string[]) =>
      rules({ contacts: [contact('anna', { channels: kinds.map((kind) => ({ id: kind, kind, address: kind })) })] });

    expect(holes(anna('webhook'))).toEqual([expect.stringContaining('no message leaves it')]);
    expect(holes(anna('ntfy'), { servers: 1 })).toEqual([expect.stringContaining('no message leaves it')]);
    expect(holes(anna('email', 'webhook', 'command'), { servers: 1 })).toEqual([]);
  });

  it('is a service in the house that depends on one outside', () => {
    const inside = service('Files', { dependsOn: ['Internet'], checks: [check('Files', tcp)] });
    const outside = service('Internet', { checks: [check('Internet', ping)] });
    const named = service('Website', {
      dependsOn: ['Internet'],
      checks: [check('Website', { target: 'https://www.example.com' })],
    });

    expect(holes(rules({ services: [inside, outside, named] }))).toEqual([
      expect.stringMatching(/^Files is in the house and depends on Internet/),
    ]);
  });

  it.each(['10.1.2.3:22', 'http://172.16.0.9:8080/x', 'https://[fd00::1]/', '[fe80::1]:22', '127.0.0.1'])(
    'counts %s as in the house',
    (target) => {
      const inside = service('Files', { dependsOn: ['Internet'], checks: [check('Files', { target })] });

      expect(holes(rules({ services: [inside, service('Internet', { checks: [check('Internet', ping)] })] }))).toHaveLength(1);
    },
  );

  it('is not told where nobody is told of anything', () => {
    expect(holes(rules({ contacts: [] }), { servers: 1 })).toEqual([]);
  });
});
