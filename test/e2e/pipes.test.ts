import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { emptyRecord } from '../../src/core/record.ts';
import { openHistory } from '../../src/store/history.ts';
import { openLiveRecord } from '../../src/store/live-record.ts';
import { incident, start } from '../texts/sample.ts';
import { newFolder } from '../web/support/api.ts';

const main = join(import.meta.dirname, '../../src/main.ts');
const atLeast = 200_000;
const incidents = Array.from({ length: 200 }, (_, index) =>
  incident({ id: `INC-2026-${String(index + 1).padStart(4, '0')}`, status: 'closed', openedAt: start - index * 60_000 }),
);
const services = Array.from(
  { length: 800 },
  (_, index) => `  - { name: Door ${index}, check: "tcp://192.168.1.9:${index + 1}" }\n`,
);

/** A folder with many closed incidents, and a configuration with many services. */
async function bigOffice(): Promise<readonly string[]> {
  const folder = newFolder();
  const store = await openLiveRecord(folder);
  await store.commit({ ...emptyRecord, ids: { year: 2026, last: incidents.length } });
  const history = openHistory(folder);
  for (const one of incidents) await history.archive(one, []);
  await history.close();
  const config = join(folder, 'office.yaml');
  writeFileSync(config, `contacts: { anna: anna@kanzlei.example }\nservices:\n${services.join('')}`);
  return ['--state', folder, '-c', config];
}

/** Runs a command with its standard output behind a piece of shell; gives what that printed, and the command's own status. */
async function behind(shell: string, words: readonly string[]) {
  const status = join(newFolder(), 'status');
  const line = `{ "$0" "$@"; echo $? >"$STATUS"; } ${shell}`;
  const child = spawn('sh', ['-c', line, process.execPath, main, ...words], { env: { ...process.env, STATUS: status } });
  onTestFinished(() => void child.kill());
  const ended = new Promise((resolve) => child.once('close', resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await ended;
  return { out, err, status: Number(readFileSync(status, 'utf8')) };
}

describe.each([[['incidents', '--all', '--json']], [['validate']], [['validate', '--json']]])('%j', (words) => {
  test('gives a slow reader of a pipe as much as a file', { timeout: 60_000 }, async () => {
    const places = await bigOffice();
    const whole = join(newFolder(), 'whole');

    const file = await behind(`>${whole}`, [...words, ...places]);
    const pipe = await behind('| { sleep 1; cat; }', [...words, ...places]);

    expect([file.status, pipe.status]).toEqual([0, 0]);
    expect(pipe.out.length).toBeGreaterThan(atLeast);
    expect(pipe.out === readFileSync(whole, 'utf8')).toBe(true);
  });

  test('ends quietly when its reader has enough', { timeout: 60_000 }, async () => {
    const { err, out } = await behind('| head -n 1', [...words, ...(await bigOffice())]);

    expect(out.trim().split('\n')).toHaveLength(1);
    expect(err).not.toMatch(/EPIPE|\bat /);
  });
});
