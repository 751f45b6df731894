/** Takes the lock of a state folder and stays, or says why not. */
import { acquireLock } from '../../../src/store/lock.ts';

try {
  await acquireLock(process.argv[2] ?? '');
  process.stdout.write('locked\n');
  setInterval(() => {}, 60_000);
} catch (error) {
  process.stdout.write(`${error instanceof Error ? `${error.name}: ${error.message}` : error}\n`);
}
