import { describe, expect, it } from 'vitest';
import { contact, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const email = { id: 'email', kind: 'email', address: 'ben@office.example' } as const;

it('tells a person only of the priorities and events that its channel takes', async () => {
  const picky = contact('ben', { channels: [{ ...email, only: ['P1'], events: ['opened', 'recovered'] }] });
  const office = await VirtualOffice.open(
    rules({
      contacts: [contact('anna'), picky],
      services: [service('Website', { impact: 'high' }), service('Files', { impact: 'medium' })],
      escalation: { default: [{ notify: ['anna', 'ben'], afterMs: 0 }] },
    }),
  );

  office.play('Website/http:example', 'x');
  office.play('Files/http:example', 'x');
  await office.pass('5m');
  await office.act({ act: 'acknowledge', id: '1' });
  await office.act({ act: 'acknowledge', id: '2' });
  office.play('Website/http:example', '.');
  office.play('Files/http:example', '.');
  await office.pass('6m');

  expect(office.sent.filter(({ to }) => to === 'ben').map(({ kind }) => kind)).toEqual(['opened', 'recovered']);
});

it('passes a level on where its only channel does not take the priority', async () => {
  const picky = contact('ben', { channels: [{ ...email, only: ['P1'] }] });
  const office = await VirtualOffice.open(
    rules({
      contacts: [contact('anna'), picky],
      services: [service('Files')],
      escalation: {
        default: [
          { notify: ['ben'], afterMs: 0 },
          { notify: ['anna'], afterMs: 600_000 },
        ],
      },
    }),
  );

  office.play('Files/http:example', 'x');
  await office.pass('4m');

  expect(office.incident.priority).toBe('P2');
  expect(office.sent.map(({ to }) => to)).toEqual(['anna']);
});

it('passes a level on at once where nobody of it takes an opening', async () => {
  const later = contact('ben', { channels: [{ ...email, events: ['escalated', 'recovered'] }] });
  const office = await VirtualOffice.open(
    rules({
      contacts: [contact('anna'), later],
      services: [service('Files')],
      escalation: {
        default: [
          { notify: ['ben'], afterMs: 0 },
          { notify: ['anna'], afterMs: 600_000 },
        ],
      },
    }),
  );

  office.play('Files/http:example', 'x');
  await office.pass('4m');

  expect(office.mails).toEqual(['opened>anna']);
  expect(office.entries('level-skipped').map(({ facts }) => facts?.level)).toEqual([1]);
});

describe('a person with a mail address and a webhook', () => {
  const webhook = { id: 'webhook', kind: 'webhook', address: 'https://hooks.example' };
  const sms = { id: 'command', kind: 'command', address: 'send-sms', only: ['P1'], events: ['opened', 'escalated'] } as const;
  const anna = contact('anna', { channels: [{ ...email, address: 'anna@office.example' }, webhook, sms] });

  async function office(impact: 'high' | 'medium' = 'high', people = [anna, contact('ben'), contact('boss')]) {
    return VirtualOffice.open(rules({ contacts: people, services: [service('Website', { impact, owner: 'anna' })] }));
  }

  it('is told by each, of what each takes', async () => {
    const of = await office();

    of.play('Website/http:example', 'x');
    await of.pass('5m');
    of.play('Website/http:example', '.');
    await of.pass('6m');

    const told = of.sent.map(({ kind, key }) => `${kind} ${key.split('/').slice(-2).join('/')}`);
    expect(told).toEqual([
      'opened anna/email',
      'opened anna/webhook',
      'opened anna/command',
      'recovered anna/email',
      'recovered anna/webhook',
    ]);
  });

  it('is not called by the one that takes only a P1 of a P2', async () => {
    const of = await office('medium');

    of.play('Website/http:example', 'x');
    await of.pass('5m');

    expect(of.sent.map(({ key }) => key.split('/').at(-1))).toEqual(['email', 'webhook']);
  });

  it('hears by one way while the other is down, and by that as soon as it is back', async () => {
    const of = await office();
    of.mail = ({ channel }) => (channel === 'webhook' ? 'retry' : 'sent');

    of.play('Website/http:example', 'x');
    await of.pass('5m');
    const [before] = [of.sent.map(({ key }) => key.split('/').at(-1))];
    of.mail = () => 'sent';
    await of.pass('5m');

    expect(before).toEqual(['email', 'command']);
    expect(of.sent.map(({ key }) => key.split('/').at(-1))).toEqual(['email', 'command', 'webhook']);
  });

  it('hears by the other way that one is refused for good, and nobody is told in their place', async () => {
    const of = await office();
    of.mail = ({ channel }) => (channel === 'webhook' ? 'refused' : 'sent');

    of.play('Website/http:example', 'x');
    await of.pass('5m');
    await of.act({ act: 'acknowledge', id: '1' }, 'ben');
    await of.pass('1s');

    expect(of.mails).toEqual(['opened>anna', 'opened>anna', 'recipient-refused>anna', 'taken>anna']);
    expect(of.entries('notification-failed')).toMatchObject([{ facts: { to: 'anna', address: 'https://hooks.example' } }]);
    expect(of.entries('level-skipped')).toEqual([]);
    expect(of.outbox.find(({ kind }) => kind === 'recipient-refused')).toMatchObject({
      channel: 'email',
      facts: { contact: 'anna', channel: 'webhook', recipient: 'https://hooks.example' },
    });
  });
});

describe('a person with a webhook alone', () => {
  const firm = contact('firm', { channels: [{ id: 'webhook', kind: 'webhook', address: 'https://hooks.example' }] });

  it('that is refused for good: it is shown, the next person is told at once, and the admin', async () => {
    const office = await VirtualOffice.open(
      rules({
        contacts: [contact('anna'), contact('ben'), firm],
        services: [service('Website', { impact: 'high', owner: 'firm' })],
      }),
    );
    office.mail = ({ to }) => (to === 'firm' ? 'refused' : 'sent');

    office.play('Website/http:example', 'x');
    await office.pass('4m');

    expect(office.mails.toSorted()).toEqual(['escalated>ben', 'recipient-refused>anna']);
    expect(office.entries('level-skipped')).toMatchObject([{ facts: { level: 1, why: 'recipient-refused' } }]);
    expect(office.outbox.find(({ to }) => to === 'firm')).toMatchObject({ state: 'failed', response: 'refused' });
  });

  it('is told again at once when the configuration is mended', async () => {
    const contacts = [contact('anna'), contact('ben'), firm];
    const services = [service('Website', { impact: 'high', owner: 'firm' })];
    const office = await VirtualOffice.open(rules({ contacts, services }));
    office.mail = ({ to }) => (to === 'firm' ? 'refused' : 'sent');
    office.play('Website/http:example', 'x');
    await office.pass('4m');
    office.mail = () => 'sent';

    await office.pass('1m');
    await office.reload(rules({ contacts: [...contacts, contact('new')], services }));
    await office.act({ act: 'acknowledge', id: '1' }, 'ben');
    await office.pass('1s');

    expect(office.mails).toContain('taken>firm');
  });

  it('hears once of what they have reported themselves', async () => {
    const office = await VirtualOffice.open(
      rules({ contacts: [firm, contact('ben')], services: [service('Website', { impact: 'high', owner: 'firm' })] }),
    );

    await office.act({ act: 'report', text: 'broken', service: 'Website' }, 'firm');
    await office.pass('1m');

    expect(office.mails).toEqual(['reported>firm']);
  });
});
