import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { playDemo } from '../../src/cli/demo/demo.ts';
import { Narrator } from '../../src/cli/demo/narrator.ts';
import type { Tempo } from '../../src/cli/demo/tempo.ts';
import { until } from '../../src/cli/demo/wait.ts';
import { listener } from './support/world.ts';

const quick: Tempo = { intervalMs: 1000, escalateAfterMs: 2000, confirmForMs: 1500, reopenWithinMs: 1000, pauseMs: 0 };

const never = new AbortController().signal;

describe('the demo', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'incidentd-demo-test-'));
    vi.stubEnv('TMPDIR', folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it('tells an outage from the first failed look to the closed incident, and leaves nothing behind', {
    timeout: 60_000,
  }, async () => {
    const { world, said } = listener({ columns: 100 });

    const status = await playDemo(world, quick, never);

    expect(said.err).toBe('');
    expect(status).toBe(0);
    const inOrder = [
      'site: Praxis Morgenrot',
      'the website stops',
      /INC-\d{4}-0001 opens, priority P1/,
      'mail to anna@',
      /\| \[P1\] Website: .* \(INC-\d{4}-0001\)/,
      'Website funktioniert seit',
      'mail to ben@',
      'Website has not been working since',
      /\$ incidentd ack INC-\d{4}-0001 --by ben/,
      'ben kümmert sich darum',
      'recovering',
      'P1 outage, closed',
      'everything came out as it should',
    ];
    let rest = said.out;
    for (const words of inOrder) {
      const at = rest.search(words);
      expect(at, `${words} in:\n${rest}`).toBeGreaterThanOrEqual(0);
      rest = rest.slice(at + 1);
    }
    expect(said.out).toContain('| [behoben] Website: ');
    expect(said.out).toContain('| [resolved] Website: ');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('ends everything when it is stopped in the middle', async () => {
    const { world, said } = listener({ columns: 100 });
    const stop = new AbortController();
    const playing = playDemo(world, { ...quick, pauseMs: 60_000 }, stop.signal);
    await vi.waitFor(() => expect(said.out).toContain('are up'), 15_000);

    stop.abort(new Error('enough'));

    await expect(playing).rejects.toThrow('enough');
    expect(said.err).toBe('');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says what the daemon said last when that cannot run', async () => {
    const { world, said } = listener({ columns: 100 });
    vi.stubEnv('NODE_OPTIONS', '--nonsense');

    await expect(playDemo(world, quick, never)).rejects.toThrow(
      'the story went wrong: the daemon ended by itself, with exit status 9',
    );

    expect(said.err).toContain('--nonsense is not allowed in NODE_OPTIONS');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a wait of the demo', () => {
  it('has a deadline, and says what it was for', async () => {
    await expect(until(async () => null, { what: 'a miracle', withinMs: 0, signal: never })).rejects.toThrow(
      'the story went wrong: waited 0 s for a miracle',
    );
  });
});

describe('the narrator of the demo', () => {
  const mail = {
    to: 'anna@praxis.example',
    subject: '[P1] Website: does not answer',
    text: 'Website: does not answer\n\nSince: today\n    a command\n\n-- \nthe footer\n',
  };

  it('shows of a mail who gets it, its subject and its text without the footer', () => {
    const { world, said } = listener({ columns: 100 });

    new Narrator(world).mail(mail);

    expect(said.out).toBe(`0:00  mail to anna@praxis.example
      | [P1] Website: does not answer
      | Since: today
      |     a command
`);
  });

  it('shows mails after what they are the answer to', async () => {
    const { world, said } = listener({ columns: 100 });
    const narrator = new Narrator(world);

    await narrator.beforeMails(async () => {
      narrator.mail(mail);
      narrator.say('an incident opens');
    });

    expect(said.out).toMatch(/an incident opens\n.*mail to anna/);
  });
});
