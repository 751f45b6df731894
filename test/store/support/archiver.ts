/** Archives one incident after the other, and prints each one that was promised to be on the disk. */
import { openPatiently } from './history.ts';
import { incident, notification } from './samples.ts';

const history = openPatiently(process.argv[2] ?? '');

for (let number = 1; number <= 500; number += 1) {
  const id = `INC-2026-${String(number).padStart(4, '0')}`;
  await history.archive(incident(id, { openedAt: number }), [notification(`${id}/e1`)]);
  process.stdout.write(`${id}\n`);
}
