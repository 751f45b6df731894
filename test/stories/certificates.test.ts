import { describe, expect, test } from 'vitest';
import type { Observation } from '../../src/core/observation.ts';
import { check, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const days = { measure: 'days', sort: 'forewarning', worse: 'below', warning: 14, critical: 3 } as const;

/** A service whose web check sees a certificate on its way. */
function withCertificate(name: string, impact: 'low' | 'medium' | 'high' = 'medium') {
  const seenBy = [`${name}/http:example`];
  const certificate = check(name, {
    kind: 'certificate',
    target: 'example:443',
    category: 'certificate',
    seenBy,
    thresholds: [days],
  });
  return service(name, { impact, checks: [check(name), certificate] });
}

const office = (...names: readonly string[]) =>
  VirtualOffice.open(rules({ services: names.map((name) => withCertificate(name)) }), '2026-11-24T09:00:00Z');

function certificate(fingerprint: string, left: number): { certificate: Observation } {
  const measures = [{ name: 'days', value: left, unit: 'days' as const }];
  return { certificate: { status: 'up', reason: 'ok', message: `ends in ${left} days`, measures, evidence: [], fingerprint } };
}

const web = 'Website/http:example';
const ended: { certificate: Observation } = {
  certificate: { ...certificate('a', -1).certificate, status: 'down', reason: 'tls-expired', message: 'ended' },
};

const states = (one: VirtualOffice) => one.incidents.map(({ kind, category, status }) => `${kind} ${category} ${status}`);

describe('a certificate that a web check sees', () => {
  test('opens a warning of its own, while the web check stays up', async () => {
    const one = await office('Website');
    one.sees(web, certificate('a', 9));

    await one.pass('5m');

    expect(one.incident).toMatchObject({
      kind: 'warning',
      severity: 'minor',
      category: 'certificate',
      priority: 'P4',
      fingerprint: 'a',
    });
    expect(one.engine.checks('Website').map(({ cell }) => cell.hard)).toEqual(['up', 'minor']);
  });

  test('is confirmed by looks at the pace of a retry', async () => {
    const one = await office('Website');
    await one.pass('2m');
    const before = one.minute;
    one.sees(web, certificate('a', 9));

    await one.pass('3m');

    expect(one.minuteOf(one.incident.openedAt) - before).toBeLessThanOrEqual(2.1);
  });

  test('resolves its warning once it is replaced by a good one', async () => {
    const one = await office('Website');
    one.sees(web, certificate('a', 9));
    await one.pass('5m');
    one.sees(web, certificate('b', 90));

    await one.pass('10m');

    expect(states(one)).toEqual(['warning certificate resolved']);
  });

  test('opens another warning when it is replaced by one that ends soon as well', async () => {
    const one = await office('Website');
    one.sees(web, certificate('a', 2));
    await one.pass('5m');
    one.sees(web, certificate('b', 9));

    await one.pass('5m');

    expect(one.incidents.map(({ fingerprint, status }) => `${fingerprint} ${status}`)).toEqual(['a resolved', 'b open']);
    expect(one.entries('resolved', one.incidents[0])[0]?.facts).toEqual({ why: 'certificate-replaced' });
  });

  test('does not resolve when two machines show theirs in turn', async () => {
    const one = await office('Website');
    for (let look = 0; look < 12; look += 1) {
      one.sees(web, certificate(look % 2 === 0 ? 'a' : 'b', 9));
      await one.pass('1m');
    }

    expect(states(one)).toEqual(['warning certificate open']);
  });

  test('leaves its warning alone while the web check is down for another reason', async () => {
    const one = await office('Website');
    one.sees(web, certificate('a', 9));
    await one.pass('5m');
    one.sees(web, {});
    one.play(web, 'x');
    await one.pass('30m');
    expect(states(one)).toEqual(['warning certificate open', 'outage web open']);
    one.play(web, '.');
    one.sees(web, certificate('a', 9));

    await one.pass('10m');

    expect(states(one)).toEqual(['warning certificate open', 'outage web resolved']);
  });

  test('makes its warning the outage when it has ended', async () => {
    const one = await office('Website');
    one.sees(web, certificate('a', 1));
    await one.pass('5m');
    one.play(web, 'x');
    one.sees(web, ended);

    await one.pass('5m');

    expect(states(one)).toEqual(['outage certificate open']);
    expect(one.incident.failing).toEqual(['Website/certificate:example:443', web]);
  });

  test('is not missed while the web check gives no result', async () => {
    const one = await office('Website');
    one.sees(web, certificate('a', 90));
    await one.pass('5m');
    one.sees(web, {});
    one.play(web, 'x');

    await one.pass('2h');

    expect(states(one)).toEqual(['outage web open']);
    expect(one.engine.checks('Website').map(({ stale }) => stale)).toEqual([false, false]);
  });
});

describe('one certificate behind two services', () => {
  const mail = 'Mail/http:example';

  async function both(): Promise<VirtualOffice> {
    const one = await office('Website', 'Mail');
    one.sees(web, certificate('a', 9));
    await one.pass('4m');
    one.sees(mail, certificate('a', 9));
    await one.pass('4m');
    return one;
  }

  test('is one warning, in which the second service is affected', async () => {
    const one = await both();

    expect(states(one)).toEqual(['warning certificate open']);
    expect(one.incident).toMatchObject({ service: 'Website', affected: [{ service: 'Mail', name: 'Mail', to: null }] });
  });

  test('stays a warning until both show another', async () => {
    const one = await both();
    one.sees(web, certificate('b', 90));
    await one.pass('10m');
    expect(one.incident).toMatchObject({ status: 'open', failing: ['Mail/certificate:example:443'] });
    one.sees(mail, certificate('b', 90));

    await one.pass('10m');

    expect(one.incident).toMatchObject({ status: 'resolved', affected: [{ name: 'Mail', to: expect.any(Number) }] });
  });

  test('is an outage of each when it has ended, and the warning goes into the last of them', async () => {
    const one = await both();
    for (const key of [web, mail]) {
      one.play(key, 'x');
      one.sees(key, ended);
    }

    await one.pass('5m');

    expect(states(one)).toEqual(['warning certificate closed', 'outage certificate open', 'outage certificate open']);
    expect(one.incidents[0]?.mergedInto).toBe(one.incidents[2]?.id);
  });

  test('stays one when both services fail for a while and come back with it', async () => {
    const one = await both();
    for (const key of [web, mail]) {
      one.sees(key, {});
      one.play(key, 'x');
    }
    await one.pass('5m');
    for (const key of [web, mail]) {
      one.sees(key, certificate('a', 9));
      one.play(key, '.');
    }

    await one.pass('10m');

    expect(states(one)).toEqual(['warning certificate open', 'outage web resolved', 'outage web resolved']);
  });

  test('takes in a service that was down for its end, and comes back with one that still ends soon', async () => {
    const one = await both();
    one.play(mail, 'x');
    one.sees(mail, ended);
    await one.pass('5m');
    expect(one.incidents[0]).toMatchObject({ status: 'open', failing: ['Website/certificate:example:443'] });
    one.play(mail, '.');
    one.sees(mail, certificate('a', 9));

    await one.pass('10m');

    expect(states(one)).toEqual(['warning certificate open', 'outage certificate resolved']);
    expect(one.incidents[0]?.failing).toHaveLength(2);
    expect(one.incidents[0]?.affected.map(({ to }) => to === null)).toEqual([false, true]);
  });

  test('weighs as much as the heavier of them', async () => {
    const services = [withCertificate('Website', 'low'), withCertificate('Mail', 'high')];
    const one = await VirtualOffice.open(rules({ services }));
    one.sees(web, certificate('a', 9));
    await one.pass('4m');
    expect(one.incident.priority).toBe('P5');
    one.sees(mail, certificate('a', 9));

    await one.pass('4m');

    expect(one.incident).toMatchObject({ impact: 'high', priority: 'P3' });
  });

  test('takes in with its weight a service that was down, and says so in the words of its kind', async () => {
    const services = [withCertificate('Website', 'low'), withCertificate('Mail', 'high')];
    const one = await VirtualOffice.open(rules({ services }));
    one.sees(web, certificate('a', 9));
    await one.pass('10m');
    one.play(mail, 'x');
    one.sees(mail, ended);
    await one.pass('10m');
    one.play(mail, '.');
    one.sees(mail, certificate('a', 9));

    await one.pass('10m');

    expect(one.incidents[0]).toMatchObject({ service: 'Website', status: 'open', impact: 'high', priority: 'P3' });
  });

  test.each([
    ['its end', []],
    ['its end after it was replaced for a while', [certificate('c', 90)]],
  ])('leaves the other service alone once that shows another and %s makes it an outage', async (_what, meanwhile) => {
    const services = [withCertificate('Website', 'low'), withCertificate('Mail', 'high')];
    const one = await VirtualOffice.open(rules({ services }));
    one.sees(web, certificate('a', 9));
    await one.pass('5m');
    one.sees(mail, certificate('a', 9));
    await one.pass('5m');
    one.sees(mail, certificate('b', 90));
    for (const look of meanwhile) one.sees(web, look);
    await one.pass('10m');
    one.play(web, 'x');
    one.sees(web, ended);
    await one.pass('5m');
    one.sees(mail, certificate('b', 2));

    await one.pass('10m');

    const open = one.incidents.filter(({ status }) => status === 'open');
    expect(open.map(({ kind, service, priority, fingerprint }) => [kind, service, priority, fingerprint])).toEqual([
      ['outage', 'Website', 'P3', null],
      ['warning', 'Mail', 'P2', 'b'],
    ]);
    expect(open[0]?.checks).not.toContain('Mail/certificate:example:443');
  });

  test.each<[string, (one: VirtualOffice) => Promise<void>]>([
    [
      'closed by force',
      async (one) => {
        await one.act({ act: 'close', id: one.incidents[0]?.id ?? '', force: true });
      },
    ],
    ['no longer carried by a service that is removed', (one) => one.reload(rules({ services: [withCertificate('Website')] }))],
    [
      'handed over to the outage',
      async (one) => {
        for (const key of [web, mail]) {
          one.play(key, 'x');
          one.sees(key, ended);
          await one.pass('10m');
        }
      },
    ],
  ])('says until when the second was affected, when it is %s', async (_how, end) => {
    const one = await both();

    await end(one);
    await one.pass('1m');

    expect(one.incidents[0]?.affected).toEqual([
      { service: 'Mail', name: 'Mail', from: expect.any(Number), to: expect.any(Number) },
    ]);
  });

  test('survives a crash', async () => {
    const one = await both();

    await one.crash('1m');
    await one.pass('20m');

    expect(one.incident).toMatchObject({ status: 'open', fingerprint: 'a', affected: [{ name: 'Mail', to: null }] });
  });
});

describe('a TLS check that is only slow', () => {
  const time = { measure: 'time', sort: 'current', worse: 'above', warning: 200 } as const;
  const tls = (name: string) =>
    service(name, {
      checks: [check(name, { kind: 'tls', target: 'example:443', category: 'certificate', thresholds: [days, time] })],
    });
  const slow = (fingerprint: string): Partial<Observation> => ({
    measures: [
      { name: 'days', value: 90, unit: 'days' },
      { name: 'time', value: 900, unit: 'ms' },
    ],
    fingerprint,
  });

  test('says nothing about its certificate: two services with one are two warnings', async () => {
    const one = await VirtualOffice.open(rules({ services: [tls('Website'), tls('Mail')] }));
    await one.pass('5m');
    for (const name of ['Website', 'Mail']) one.sees(`${name}/tls:example:443`, slow('a'));

    await one.pass('10m');

    expect(one.incidents.map(({ service: of, cause, fingerprint }) => [of, cause.code, fingerprint])).toEqual([
      ['Website', 'slow', null],
      ['Mail', 'slow', null],
    ]);
  });

  test('is one warning that good looks in between end or do not end, but never double', async () => {
    const one = await VirtualOffice.open(rules({ services: [tls('Website')] }));
    await one.pass('5m');
    one.sees('Website/tls:example:443', slow('a'));
    await one.pass('10m');
    one.sees('Website/tls:example:443', { ...slow('a'), measures: [{ name: 'days', value: 90, unit: 'days' }] });
    await one.pass('1m');
    one.sees('Website/tls:example:443', slow('a'));

    await one.pass('10m');

    expect(one.incidents.map(({ status, cause }) => `${status} ${cause.code}`)).toEqual(['open slow']);
  });

  test('ends the warning about a certificate that was renewed meanwhile, and is one of its own', async () => {
    const one = await VirtualOffice.open(rules({ services: [tls('Website')] }));
    one.sees('Website/tls:example:443', { measures: [{ name: 'days', value: 2, unit: 'days' }], fingerprint: 'a' });
    await one.pass('10m');
    one.sees('Website/tls:example:443', slow('b'));

    await one.pass('10m');

    expect(one.incidents.map(({ status, cause, fingerprint }) => `${status} ${cause.code} ${fingerprint}`)).toEqual([
      'resolved threshold a',
      'open slow null',
    ]);
    expect(one.mails).toContain('opened>anna');
  });

  test('goes on being slow when the certificate is renewed', async () => {
    const one = await VirtualOffice.open(rules({ services: [tls('Website')] }));
    one.sees('Website/tls:example:443', slow('a'));
    await one.pass('10m');
    one.sees('Website/tls:example:443', slow('b'));

    await one.pass('10m');

    expect(one.incident).toMatchObject({ status: 'open', cause: { code: 'slow' } });
  });
});

test('a good look at the end of a window is no other certificate of a check that had none', async () => {
  const check443 = check('Website', { kind: 'tls', target: 'example:443', category: 'certificate', thresholds: [days] });
  const from = Date.parse('2026-11-24T09:00:00Z');
  const maintenance = [{ key: 'm', services: ['Website'], from, to: from + 40 * 60_000, reason: 'Updates' }];
  const one = await VirtualOffice.open(
    rules({ services: [service('Website', { checks: [check443] })], maintenance }),
    '2026-11-24T09:00:00Z',
  );
  one.play('Website/tls:example:443', 'x');
  await one.pass('39m59s');
  one.play('Website/tls:example:443', '.');
  one.sees('Website/tls:example:443', { measures: [{ name: 'days', value: 90, unit: 'days' }], fingerprint: 'a' });

  await one.pass('30m');

  expect(one.incidents).toEqual([]);
  expect(one.mails).toEqual([]);
});
