import { expect, it } from 'vitest';
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
