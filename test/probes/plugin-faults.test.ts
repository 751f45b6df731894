import { chmodSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CauseCode, Observation, Status } from '../../src/core/observation.ts';
import { command } from '../../src/probes/command.ts';
import { oneLine } from '../../src/texts/clean.ts';
import { type Scripts, scriptFolder } from '../net/support/scripts.ts';
import { look } from './support/look.ts';

/** How often each fault is met, and how many at a time, as the daemon would. */
const times = 20;
const atOnce = 10;
/** Nothing that ends by itself comes near it, however busy the machine is. */
const timeoutMs = 15_000;
/** For plugins that only their deadline ends. */
const shortMs = 300;
/** How much later than its deadline a look may end on a busy machine. */
const patienceMs = 5000;

let scripts: Scripts;
let fdsBefore = 0;
let memoryBefore = 0;
beforeAll(async () => {
  scripts = scriptFolder();
  symlinkSync('/bin/sleep', join(scripts.folder, 'nap'));
  await look(command, ['/bin/true']);
  fdsBefore = openFiles();
  memoryBefore = process.memoryUsage().rss;
});
afterEach(async () => {
  await vi.waitFor(() => expect(openFiles()).toBeLessThanOrEqual(fdsBefore), 3000);
});
afterAll(() => scripts[Symbol.dispose]());

function openFiles(): number {
  return readdirSync('/proc/self/fd').length;
}

interface Met {
  readonly seen: Observation;
  readonly ms: number;
}

/** Runs a plugin so many times, a few at once. */
async function meet(program: string, deadlineMs = timeoutMs): Promise<readonly Met[]> {
  const met: Met[] = [];
  const turns = Array(times).keys();
  async function lane(): Promise<void> {
    for (const _turn of turns) {
      const begun = performance.now();
      const seen = await look(command, program, {}, { timeoutMs: deadlineMs });
      met.push({ seen, ms: performance.now() - begun });
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane));
  return met;
}

/** A script of the test; `$NAP` is a minute of sleep that can be told from others. */
function script(name: string, lines: string): string {
  return scripts.add(name, lines.replaceAll('$NAP', `${scripts.folder}/nap 60`));
}

/** Processes whose command line names something in the folder of the scripts. */
function alive(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && commandLine(name).includes(scripts.folder))
    .map(Number);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function expectSound(met: readonly Met[], status: Status, reason: CauseCode | 'ok', deadlineMs: number): void {
  expect(new Set(met.map(({ seen }) => `${seen.status} ${seen.reason}`))).toEqual(new Set([`${status} ${reason}`]));
  for (const { seen, ms } of met) {
    expect(ms).toBeLessThan(deadlineMs + patienceMs);
    for (const text of [seen.message, ...seen.evidence]) expect([text, text.length <= 300]).toEqual([oneLine(text), true]);
    expect(seen.measures.length).toBeLessThanOrEqual(21);
    for (const { value } of seen.measures) expect(Number.isFinite(value)).toBe(true);
  }
}

describe('a plugin, twenty times over,', () => {
  it.each<readonly [string, string, Status, CauseCode | 'ok', number]>([
    ['hangs', '$NAP', 'down', 'timeout', shortMs],
    ['hangs without a word about SIGTERM', 'trap "" TERM INT HUP; $NAP & wait; $NAP', 'down', 'timeout', shortMs],
    ['computes for ever', 'while :; do :; done', 'down', 'timeout', shortMs],
    ['stops itself', 'kill -STOP $$', 'down', 'timeout', shortMs],
    ['leaves children that hold its output', '($NAP) & ($NAP) & echo OK', 'up', 'ok', timeoutMs],
    ['forks children of children', 'for i in 1 2 3 4 5; do (sh -c "$NAP & $NAP") & done; wait', 'down', 'timeout', shortMs],
    ['closes its output and goes on', 'echo OK; exec >&- 2>&-; $NAP', 'down', 'timeout', shortMs],
    ['reads what it is not given', 'cat; read x; echo "OK <$x>"', 'up', 'ok', timeoutMs],
    ['writes a gigabyte', 'head -c 1000000000 /dev/zero', 'unknown', 'not-watched', timeoutMs],
    ['complains by a gigabyte', 'head -c 1000000000 /dev/zero >&2', 'unknown', 'not-watched', timeoutMs],
    ['writes one line of 60 kB', 'head -c 60000 /dev/zero | tr "\\0" x', 'up', 'ok', timeoutMs],
    ['writes bytes that are no text', 'head -c 3000 /dev/urandom; exit 2', 'down', 'plugin', timeoutMs],
    ['writes terminal codes and mail headers', 'printf "\\033]0;x\\007\\033[2JOK\\r\\nBcc: x@y\\n<b>\\n"', 'up', 'ok', timeoutMs],
    [
      'measures nonsense',
      'echo "OK | =;= a=b \'x=1 y=U z=1e999 \'\'=3 |=|= q=1;;;;;;;; $(seq -s " " -f "l%g=%g" 500)"',
      'up',
      'ok',
      timeoutMs,
    ],
    ['ends by SIGSEGV', 'kill -SEGV $$', 'unknown', 'not-watched', timeoutMs],
    ['ends by SIGKILL', 'kill -KILL $$', 'unknown', 'not-watched', timeoutMs],
    ['kills its whole group', 'kill -KILL 0', 'unknown', 'not-watched', timeoutMs],
    ['says nothing', 'exit 0', 'up', 'ok', timeoutMs],
  ])('that %s', async (what, lines, status, reason, deadlineMs) => {
    const path = script(`check-${what.replaceAll(' ', '-')}`, lines);

    const met = await meet(path, deadlineMs);

    expect(met.length).toBe(times);
    expectSound(met, status, reason, deadlineMs);
    await vi.waitFor(() => expect(alive()).toEqual([]), 3000);
  });

  it('that cannot be run proves nothing', async () => {
    const unreadable = scripts.add('no-rights', 'echo OK');
    chmodSync(unreadable, 0o600);
    const badInterpreter = scripts.add('bad-interpreter', '');
    writeFileSync(badInterpreter, '#!/nowhere/perl\n');
    const noProgram = scripts.add('no-program', '');
    writeFileSync(noProgram, '\0\0\0ELF');

    for (const path of ['/nowhere/check_x', '/etc', unreadable, badInterpreter, noProgram])
      expectSound(await meet(path), 'unknown', 'not-watched', timeoutMs);
  });

  it('that ends with any status', async () => {
    const path = scripts.add('status', 'echo "says $1"; exit $1');
    const meanings = ['up', 'degraded', 'down', 'unknown'] as const;
    const codes = [0, 1, 2, 3, 4, 5, 9, 10, 63, 64, 78, 99, 100, 125, 126, 127, 128, 129, 130, 137, 139, 143, 192, 254, 255];
    const turns = codes.values();
    const seen = new Map<number, string>();

    async function lane(): Promise<void> {
      for (const code of turns) {
        const { status, message } = await look(command, [path, code], {}, { timeoutMs });
        seen.set(code, `${status}: ${message}`);
      }
    }
    await Promise.all(Array.from({ length: atOnce }, lane));

    for (const code of codes) {
      const said =
        code < meanings.length ? `says ${code}` : `${path} ended with status ${code}, which plugins do not use: says ${code}`;
      expect(seen.get(code)).toBe(`${meanings[code] ?? 'unknown'}: ${said}`);
    }
  });

  it('that flees into a session of its own is counted, and cannot hold us up', async () => {
    const path = script('fleeing', 'setsid $NAP & echo OK');

    const met = await meet(path);

    expectSound(met, 'up', 'ok', timeoutMs);
    const left = alive();
    expect(left.length).toBe(times);
    for (const pid of left) process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(alive()).toEqual([]), 3000);
  });

  it('leaves the memory of the daemon as it was, whatever it wrote', () => {
    expect(process.memoryUsage().rss - memoryBefore).toBeLessThan(150_000_000);
  });
});
