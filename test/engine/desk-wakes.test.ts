import { expect, test } from 'vitest';
import { rules } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';

test('what falls due while a turn is being committed is done right after it', async () => {
  const office = await VirtualOffice.open(rules());
  await office.pass('5m');
  office.play(website, 'x');
  await office.pass('5m');
  office.play(website, '.');
  await office.pass('10s');
  while (office.incident.status !== 'recovering') await office.pass('1s');
  await office.pass('117s');

  office.disk = 'hangs';
  void office.engine.act({ act: 'note', id: office.incident.id, text: 'the disk is slow' }, 'anna');
  await office.pass('4s');
  const during = office.incident.status;
  await office.unhang();
  await office.pass('1s');

  expect(during).toBe('recovering');
  expect(office.incident.status).toBe('resolved');
});

test('a disk that takes nothing is logged once, not with every turn, and so is its end', async () => {
  const office = await VirtualOffice.open(rules());
  office.disk = 'fails';
  office.play(website, 'x');
  await office.pass('10m');
  office.disk = 'works';
  await office.pass('1m');

  const told = office.logged.filter((sentence) => sentence.startsWith('the record can'));
  expect(told).toEqual(['the record cannot be written; going on from memory', 'the record can be written again']);
});

test('what is not written down yet is shown to nobody', async () => {
  const office = await VirtualOffice.open(rules());
  office.play(website, 'x');
  await office.pass('5m');
  const notes = () => office.incident.timeline.filter(({ type }) => type === 'noted').length;

  office.disk = 'hangs';
  void office.engine.act({ act: 'note', id: office.incident.id, text: 'the disk is slow' }, 'anna');
  await office.pass('2s');
  const during = notes();
  await office.unhang();
  await office.pass('1s');

  expect(during).toBe(0);
  expect(notes()).toBe(1);
});
