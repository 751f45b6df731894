import { describe, expect, test } from 'vitest';
import type { Impact } from '../../src/core/rules.ts';
import { always, contact, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const minute = 60_000;
const onlyAnna = { default: [{ notify: ['anna'], afterMs: 0 }] };

/** An office of services A, B, C … of these impacts, anna told of everything. */
async function office(...impact: Impact[]): Promise<VirtualOffice> {
  const services = impact.map((one, index) => service(name(index), { impact: one }));
  return await VirtualOffice.open(
    rules({ services, escalation: onlyAnna, contacts: [contact('anna')], hours: { office: always } }),
  );
}

const name = (index: number) => `S${index}`;
const key = (index: number) => `${name(index)}/http:example`;

/** Confirms services as down one after the other, by reports of persons: those open at once. */
async function report(site: VirtualOffice, ...indexes: number[]): Promise<void> {
  for (const index of indexes) await site.act({ act: 'report', text: 'broken', service: name(index) }, 'nobody');
}

describe('openings', () => {
  test('the first goes at once, those in the next half minute as one mail', async () => {
    const site = await office('high', 'high', 'high', 'high');
    await report(site, 0);
    await site.pass('10s');
    await report(site, 1, 2, 3);
    await site.pass('25s');

    expect(site.sent.map(({ kind, incidents }) => `${kind} ${incidents.length}`)).toEqual(['reported 1', 'group 3']);
    expect(site.sent[1]?.minute).toBe(0.5);
  });

  test('alone in that half minute travel under their own kind', async () => {
    const site = await office('high', 'high');
    await report(site, 0);
    await site.pass('10s');
    await report(site, 1);
    await site.pass('25s');

    expect(site.mails).toEqual(['reported>anna', 'reported>anna']);
  });

  test('go on being collected while the storm lasts', async () => {
    const site = await office('high', 'high', 'high', 'high', 'high');
    for (const index of [0, 1, 2, 3, 4]) {
      await report(site, index);
      await site.pass('14s');
    }
    await site.pass('20s');

    expect(site.sent.map(({ kind, incidents }) => `${kind} ${incidents.length}`)).toEqual(['reported 1', 'group 2', 'group 2']);
  });

  test('a P1 flushes what is collected: one mail at once', async () => {
    const site = await office('high', 'high', 'high', 'high');
    await report(site, 0);
    await report(site, 1, 2);
    site.play(key(3), 'x');
    await site.act({ act: 'report', text: 'all dark', service: name(3), severity: 'critical' }, 'nobody');
    await site.pass('1s');

    expect(site.sent.map(({ kind, incidents, minute: at }) => `${at} ${kind} ${incidents.length}`)).toEqual([
      '0 reported 1',
      '0 group 3',
    ]);
  });

  test('after half a minute of quiet the next goes at once again', async () => {
    const site = await office('high', 'high');
    await report(site, 0);
    await site.pass('31s');
    await report(site, 1);
    await site.pass('1s');

    expect(site.sent.map(({ minute: at }) => at)).toEqual([0, 0.5]);
  });

  test('each recipient has a storm of their own', async () => {
    const site = await office('high', 'high');
    await site.reload(
      rules({ services: [service(name(0), { impact: 'high' }), service(name(1), { impact: 'high', notify: ['ben'] })] }),
    );
    await report(site, 0, 1);
    await site.pass('1s');

    expect(site.mails).toEqual(['reported>anna', 'reported>ben']);
  });

  test('a collected one counts as told: what follows goes to its recipients, after it', async () => {
    const site = await office('high', 'high', 'high');
    await report(site, 0, 1, 2);
    await site.act({ act: 'acknowledge', id: '2' }, 'anna');
    await site.pass('1m');

    expect(site.mails).toEqual(['reported>anna', 'group>anna', 'taken>anna']);
  });

  test('of reopened incidents are collected alike', async () => {
    const site = await office('medium', 'medium', 'medium', 'medium');
    for (const index of [0, 1, 2, 3]) site.play(key(index), 'x');
    await site.passTo(10);
    for (const index of [0, 1, 2, 3]) site.play(key(index), '.');
    await site.passTo(20);
    site.sent.length = 0;
    for (const index of [0, 1, 2, 3]) site.play(key(index), 'x');
    await site.passTo(30);

    expect(site.sent.flatMap(({ incidents }) => incidents)).toHaveLength(4);
    expect(site.sent.length).toBeLessThan(4);
  });

  test('300 services at once: a handful of mails, in little time', async () => {
    const services = Array.from({ length: 300 }, (_, index) => service(name(index), { impact: 'medium' }));
    const site = await VirtualOffice.open(rules({ services }));
    await site.passTo(2);
    for (let index = 0; index < 300; index += 1) site.play(key(index), 'x');

    await site.passTo(10);

    expect(site.incidents).toHaveLength(300);
    expect(site.sent.length).toBeLessThan(10);
    expect(new Set(site.sent.flatMap(({ incidents }) => incidents)).size).toBe(300);
  });
});

describe('twelve mails an hour', () => {
  test('are counted in time that passes, not by a clock that is set', async () => {
    const site = await office(...Array.from({ length: 13 }, () => 'medium' as const));
    for (let index = 0; index < 12; index += 1) {
      await report(site, index);
      await site.pass('1m');
    }
    site.time.set(5 * 3_600_000);
    await site.pass('15s');

    await report(site, 12);
    await site.pass('10m');
    expect(site.mails).toHaveLength(12);
    await site.pass('40m');

    expect(site.mails).toHaveLength(13);
  });

  test('of P3 to P5, then a digest; nothing is lost', async () => {
    const site = await office(...Array.from({ length: 20 }, () => 'medium' as const));
    for (let index = 0; index < 20; index += 1) {
      await report(site, index);
      await site.pass('1m');
    }
    await site.passTo(59);
    expect(site.mails).toHaveLength(12);

    await site.passTo(62);

    expect(site.sent.slice(12).map(({ kind, incidents }) => `${kind} ${incidents.length}`)).toEqual(['digest 8']);
  });

  test('groups of P3 count among them', async () => {
    const site = await office(...Array.from({ length: 60 }, () => 'medium' as const));
    for (let index = 0; index < 60; index += 1) {
      await report(site, index);
      await site.pass('20s');
    }

    await site.passTo(55);

    expect(site.mails.length).toBeLessThanOrEqual(12);
  });

  test('digests of P4 count among them', async () => {
    const site = await office(...Array.from({ length: 30 }, () => 'low' as const));
    for (let index = 0; index < 30; index += 1) {
      await report(site, index);
      await site.pass('1m');
    }

    await site.passTo(59);

    expect(site.mails.length).toBeLessThanOrEqual(12);
    await site.passTo(120);
    expect(new Set(site.sent.flatMap(({ incidents }) => incidents)).size).toBe(30);
  });

  test('of reminders, P1 or not', async () => {
    const services = Array.from({ length: 5 }, (_, index) => service(name(index), { impact: 'high' }));
    const levels = [{ notify: ['anna'], afterMs: 0, repeatMs: 10 * minute }];
    const site = await VirtualOffice.open(rules({ services, escalation: { default: levels }, contacts: [contact('anna')] }));
    for (let index = 0; index < 5; index += 1) site.play(key(index), 'x');

    await site.passTo(58);

    expect(site.mails.filter((mail) => mail.startsWith('reminder'))).toHaveLength(12);
  });

  test('never hold a first mail on a P1 or P2, nor the recovery of one', async () => {
    const site = await office(...Array.from({ length: 14 }, () => 'medium' as const), 'high');
    for (let index = 0; index < 14; index += 1) {
      await report(site, index);
      await site.pass('1m');
    }
    site.play(key(14), 'x');
    await site.pass('3m');
    expect(site.post.at(-1)).toMatch(/opened>anna$/);
    site.play(key(14), '.');
    await site.pass('5m');

    expect(site.post.at(-1)).toMatch(/recovered>anna$/);
    expect(site.minute).toBeLessThan(30);
  });
});

describe('while the mail server is away', () => {
  test('mails that recovery made pointless become one, in the order of the rest', async () => {
    const site = await VirtualOffice.open(rules());
    site.mail = () => 'retry';
    site.play('Website/http:example', 'x');
    await site.passTo(130);
    site.play('Website/http:example', '.');
    await site.passTo(140);
    site.mail = () => 'sent';

    await site.passTo(155);

    expect(site.mails.toSorted()).toEqual(['recovered>anna', 'recovered>ben', 'recovered>boss']);
    const boss = site.outbox.filter(({ to }) => to === 'boss');
    expect(boss.map(({ kind, state }) => `${kind} ${state}`)).toEqual(['escalated folded', 'reminder folded', 'recovered sent']);
    expect(boss.at(-1)?.facts.folded).toEqual(['escalated', 'reminder']);
  });

  test('one that was on its way when the recovery came is folded when it comes back', async () => {
    const site = await VirtualOffice.open(rules());
    site.mail = () => 'hang';
    site.play('Website/http:example', 'x');
    await site.passTo(5);
    site.play('Website/http:example', '.');
    await site.passTo(10);
    site.mail = ({ kind }) => (kind === 'recovered' ? 'sent' : 'retry');

    await site.passTo(15);

    expect(site.outbox.map(({ kind, state }) => `${kind} ${state}`)).toEqual(['opened folded', 'recovered sent']);
    expect(site.mails).toEqual(['recovered>anna']);
  });

  test('a failure that came back is never taken for its recovery', async () => {
    const site = await VirtualOffice.open(rules());
    site.mail = () => 'retry';
    site.play('Website/http:example', 'x');
    await site.passTo(5);
    site.play('Website/http:example', '.');
    await site.passTo(12);
    site.play('Website/http:example', 'x');
    await site.passTo(20);
    site.mail = () => 'sent';

    await site.passTo(40);

    expect(site.mails.filter((mail) => mail.endsWith('anna'))).toEqual(['recovered>anna', 'reopened>anna']);
  });

  test('a group is pointless once all of it has recovered, not before', async () => {
    const site = await office('medium', 'medium', 'medium');
    site.mail = ({ kind }) => (kind === 'opened' ? 'sent' : 'retry');
    for (const index of [0, 1, 2]) site.play(key(index), 'x');
    await site.passTo(10);
    const group = () => site.outbox.find(({ kind }) => kind === 'group');
    const members = group()?.incidents ?? [];
    expect(members.length).toBeGreaterThan(1);
    const of = (id: string) => `${site.incidents.find((incident) => incident.id === id)?.service}/http:example`;
    site.play(of(members[0]!), '.');
    await site.passTo(20);
    expect(group()?.state).toBe('queued');
    for (const id of members) site.play(of(id), '.');

    await site.passTo(30);

    expect(group()?.state).toBe('folded');
  });
});
