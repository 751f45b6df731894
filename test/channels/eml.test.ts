import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { email } from '../../src/channels/email.ts';
import { writeEml } from '../../src/channels/mail/eml.ts';
import { message, start } from '../texts/sample.ts';
import { calm, settings } from './office.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mails-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('without a mail server', () => {
  it('a mail becomes a file that only its owner may read', async () => {
    const emlFolder = join(folder, 'mails');

    const outcome = await email.deliver(
      message(),
      { address: 'anna@kanzlei.example' },
      { ...calm, mail: settings([], { emlFolder }) },
    );

    const mail = await simpleParser(await readFile(outcome.response));
    expect(outcome.state).toBe('sent');
    expect(basename(outcome.response)).toBe('20260512T120600Z-INC-2026-0042_e1_level-1_r0_anna_email.eml');
    expect(mail.subject).toContain('[P1] Website');
    expect((await stat(outcome.response)).mode & 0o777).toBe(0o600);
    expect((await stat(emlFolder)).mode & 0o777).toBe(0o700);
  });

  it('a mail that is written again is the same file', async () => {
    const again = { notification: { attempts: 2 }, now: start + 3_600_000 };

    await email.deliver(message(), { address: 'a@b.example' }, { ...calm, mail: settings([], { emlFolder: folder }) });
    await email.deliver(message(again), { address: 'a@b.example' }, { ...calm, mail: settings([], { emlFolder: folder }) });

    expect(await readdir(folder)).toHaveLength(1);
  });

  it('a folder that cannot be written means another try, and the reason', async () => {
    const emlFolder = join(folder, 'file');
    await writeFile(emlFolder, '');
    await chmod(emlFolder, 0o600);

    const outcome = await email.deliver(message(), { address: 'a@b.example' }, { ...calm, mail: settings([], { emlFolder }) });

    expect(outcome.state).toBe('retry');
    expect(outcome.response).toContain(emlFolder);
  });

  it('a key cannot lead out of the folder', async () => {
    const path = await writeEml(folder, '../../etc/passwd\u0000', start, Buffer.from('x'));

    expect(path.startsWith(`${folder}/`)).toBe(true);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('only the newest thousand are kept, and nothing else is touched', async () => {
    await writeFile(join(folder, 'notes.eml'), 'mine');
    const names = Array.from({ length: 1001 }, (_, index) => `20200101T00${String(index).padStart(4, '0')}Z-x.eml`);
    await Promise.all(names.map((name) => writeFile(join(folder, name), '')));

    await writeEml(folder, 'new', start, Buffer.from('x'));

    const left = await readdir(folder);
    expect(left).toContain('notes.eml');
    expect(left).not.toContain(names[0]);
    expect(left.filter((name) => name.startsWith('20'))).toHaveLength(1000);
  });
});
