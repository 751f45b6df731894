/** Commits growing numbers to a state folder without end, and prints each one that was promised to be on the disk. */
import { emptyRecord } from '../../../src/core/record.ts';
import { openLiveRecord } from '../../../src/store/live-record.ts';

const folder = process.argv[2] ?? '';
const store = await openLiveRecord(folder);
for (const note of store.notes) process.stdout.write(`note ${note}\n`);
const padding = new Map(Array.from({ length: 2000 }, (_, index) => [`recipient-${index}`, index]));

for (let last = store.record.ids.last + 1; ; last += 1) {
  await store.commit({ ...emptyRecord, ids: { year: 2026, last }, refused: padding });
  process.stdout.write(`${last}\n`);
}
