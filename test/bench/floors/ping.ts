/** A loop over spawning the system's ping alone, with the arguments that the ping kind gives it. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { deadlineMs, keepPace } from './pace.ts';

keepPace(async (address) => {
  const args = ['-n', '-W', '3', '-c', '3', '-s', '56', '-i', '0.2', address];
  const child = spawn('ping', args, { stdio: ['ignore', 'pipe', 'pipe'], signal: AbortSignal.timeout(deadlineMs) });
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  await Promise.race([Promise.all([text(child.stdout), text(child.stderr)]), failed]);
});
