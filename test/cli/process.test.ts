import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { explained } from '../../src/cli/explained.ts';
import { Stop } from '../../src/cli/stop.ts';
import { LockedError, StoreError } from '../../src/store/errors.ts';
import { newFolder } from '../web/support/api.ts';

const main = join(import.meta.dirname, '../../src/main.ts');

async function start(...words: string[]) {
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
  const child = spawn(process.execPath, [main, ...words], { env: { ...env, STATE_DIRECTORY: newFolder() }, timeout: 15_000 });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { status, out, err };
}

describe('the program', () => {
  it('exits with 0, 1 and 2 as it is asked', async () => {
    const [help, unknown, nobody] = await Promise.all([start('--help'), start('explode'), start('status')]);

    expect([help.status, unknown.status, nobody.status]).toEqual([0, 2, 1]);
    expect(help.out).toContain('Usage: incidentd');
    expect(unknown.err).toContain("unknown command 'explode'");
    expect(nobody.err).toMatch(/^incidentd: no daemon is running on .*\n$/);
  });

  it('runs no daemon with a configuration that is wrong, and says where it is', async () => {
    const path = join(newFolder(), 'office.yaml');
    writeFileSync(path, 'servces: []');

    const { status, out, err } = await start('run', '-c', path);

    expect([status, out]).toEqual([1, '']);
    expect(err).toMatch(/office\.yaml:1:1: .*"servces"/);
  });

  it('ends quietly when its reader goes away', async () => {
    const child = spawn('sh', ['-c', '"$0" "$1" --help | true', process.execPath, main], { timeout: 15_000 });

    expect(await text(child.stderr)).toBe('');
  });
});

describe('an error', () => {
  function said(error: unknown, env: Record<string, string> = {}) {
    let err = '';
    const status = explained(error, {
      env,
      err: (line) => {
        err += line;
      },
    });
    return { status, err };
  }

  it.each([
    [new Stop('no such thing'), 1],
    [new Stop('no such word', 2), 2],
    [new StoreError('the folder /x cannot be used'), 1],
    [new LockedError('another incidentd holds /x'), 3],
  ])('that is meant for people is one line: %s', (error, status) => {
    expect(said(error)).toEqual({ status, err: `incidentd: ${error.message}\n` });
  });

  it.each([new TypeError('x is not\na function'), 'thrown text', undefined])(
    'that is a defect is one line and exits with 70: %s',
    (error) => {
      const { status, err } = said(error);

      expect(status).toBe(70);
      expect(err).toMatch(/^incidentd: internal error: .*INCIDENTD_DEBUG=1.*\n$/);
      expect(err.trim().split('\n')).toHaveLength(1);
    },
  );

  it('shows where, when asked', () => {
    expect(said(new TypeError('oops'), { INCIDENTD_DEBUG: '1' }).err).toContain('process.test.ts');
  });
});
