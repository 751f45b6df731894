/**
 * How long a turn takes with many open incidents: one check recovers, the desk decides, commits to a real state folder and
 * reads its duties. Every turn begins with the same record, so that its size stays.
 */
import { duties } from '../../../src/core/duties.ts';
import type { DeskEvent } from '../../../src/core/event.ts';
import { foldEvents } from '../../../src/core/step.ts';
import { Desk } from '../../../src/engine/desk.ts';
import type { Ports } from '../../../src/engine/ports.ts';
import { openLiveRecord } from '../../../src/store/live-record.ts';
import { recordToJson } from '../../../src/store/record-schema.ts';
import { openFolder } from '../support/folder.ts';
import { fixed, type Say, type Stage } from '../support/report.ts';
import { median, quantile } from '../support/statistics.ts';
import { type BusyOffice, busyOffice, recoveryOf } from './busy-office.ts';

const sizes = [10, 1000, 10_000] as const;
const turnsFor = (size: number) => (size > 1000 ? 40 : 100);
const parts = ['step', 'duties', 'commit', 'turn'] as const;
type Times = Readonly<Record<(typeof parts)[number], number[]>>;

export const turns: Stage = {
  name: 'turns',
  about: `a turn of the desk with ${sizes.join(', ')} open incidents`,
  limitS: 180,
  run: async (say) => {
    const found = [];
    for (const size of sizes) found.push({ size, ...(await measure(size, say)) });
    return {
      title: 'One transition a turn, by open incidents',
      head: ['open incidents', ...parts.flatMap((part) => [`${part} ms`, 'p99']), 'record MB'],
      rows: found.map(({ size, times, recordMb }) => [
        `${size}`,
        ...parts.flatMap((part) => [fixed(median(times[part]), 2), fixed(quantile(times[part], 0.99), 2)]),
        fixed(recordMb, 2),
      ]),
      notes: ['`turn` is the whole turn through the desk; the first two are the same decisions on their own.'],
      aims: [],
      figures: found,
    };
  },
};

async function measure(size: number, say: Say): Promise<{ readonly times: Times; readonly recordMb: number }> {
  say(`opening ${size} incidents`);
  const office = busyOffice(size);
  if (office.record.incidents.size !== size) throw new Error(`${office.record.incidents.size} incidents are open`);
  using folder = openFolder();
  const store = await openLiveRecord(folder.path);
  const times: Times = { step: [], duties: [], commit: [], turn: [] };
  for (let turn = 0; turn < turnsFor(size); turn += 1) await measureTurn(office, turn % size, store.commit, times);
  return { times, recordMb: recordToJson(office.record).length / 1e6 };
}

async function measureTurn(office: BusyOffice, index: number, commit: Ports['store']['commit'], times: Times): Promise<void> {
  const event = recoveryOf(office, index);
  const { rules, now } = office;
  const begun = performance.now();
  const { record } = foldEvents(office.record, [event, { type: 'time' }], now, rules);
  const decided = performance.now();
  duties(record, now, rules);
  times.step.push(decided - begun);
  times.duties.push(performance.now() - decided);
  const desk = deskOver(office, async (changed) => {
    const from = performance.now();
    await commit(changed);
    times.commit.push(performance.now() - from);
  });
  await timeTurn(desk, event, times);
}

async function timeTurn(desk: Desk, event: DeskEvent, times: Times): Promise<void> {
  const commits = times.commit.length;
  const begun = performance.now();
  desk.post(event);
  await desk.turn();
  times.turn.push(performance.now() - begun);
  if (times.commit.length !== commits + 1) throw new Error('the turn made no commit, or more than one');
}

function deskOver({ record, rules, now }: BusyOffice, commit: Ports['store']['commit']): Desk {
  const unwanted = () => Promise.reject(new Error('nothing is due'));
  const ports: Ports = {
    clock: () => now,
    timer: { at: () => () => {} },
    look: unwanted,
    diagnose: unwanted,
    runRemedy: unwanted,
    deliver: unwanted,
    store: { commit, touchAlive: unwanted },
    history: { archive: unwanted, recall: unwanted, note: () => {} },
    log: () => {},
  };
  return new Desk(ports, { readClocks: () => now, probe: () => {}, adoptCells: () => {} }, rules, record);
}
