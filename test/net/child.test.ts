import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ChildResult, runBounded } from '../../src/net/child.ts';
import { type Scripts, scriptFolder } from './support/scripts.ts';

let scripts: Scripts;
beforeAll(() => {
  scripts = scriptFolder();
});
afterAll(() => scripts[Symbol.dispose]());

let count = 0;
function run(
  lines: string,
  timeoutMs = 5000,
  more: { readonly input?: string; readonly outputLimit?: number } = {},
): Promise<ChildResult> {
  count += 1;
  return runBounded({ argv: [scripts.add(`script-${count}`, lines)], signal: AbortSignal.timeout(timeoutMs), ...more });
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

describe('a bounded child process', () => {
  it.each([0, 1, 2, 3, 127, 255])('gives its exit status %i and both outputs', async (code) => {
    expect(await run(`echo out; echo err >&2; exit ${code}`)).toEqual({
      end: { how: 'exited', code },
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  it('gets its arguments as they are, without a shell', async () => {
    const argv = [scripts.add('arguments', 'for a in "$@"; do echo "<$a>"; done'), '$(id)', 'a b', '; ls', '*'] as const;

    const { stdout } = await runBounded({ argv, signal: AbortSignal.timeout(5000) });

    expect(stdout).toBe('<$(id)>\n<a b>\n<; ls>\n<*>\n');
  });

  it('has a clean environment, works in / and reads what it is given', async () => {
    vi.stubEnv('SECRET_OF_THE_DAEMON', 'x');
    const argv = [scripts.add('environment', 'env | cut -d= -f1 | sort | tr "\\n" " "; pwd; cat; echo $EXTRA')] as const;

    const { stdout } = await runBounded({ argv, env: { EXTRA: 'more' }, input: 'given\n', signal: AbortSignal.timeout(5000) });

    expect(stdout).toMatch(/^EXTRA HOME LANG LC_ALL (OLDPWD )?PATH PWD (TZ )?\/\ngiven\nmore\n$/);
    vi.unstubAllEnvs();
  });

  it('may leave its input unread', async () => {
    expect(await run('exit 0', 5000, { input: 'x'.repeat(1_000_000) })).toMatchObject({ end: { how: 'exited', code: 0 } });
  });

  it('tells a signal from a status', async () => {
    expect(await run('kill -SEGV $$')).toMatchObject({ end: { how: 'signalled', name: 'SIGSEGV' } });
  });

  it.each([
    ['/nowhere/plugin', 'ENOENT'],
    ['/etc/passwd', 'EACCES'],
    ['/etc', 'EACCES'],
    ['a\0b', 'ERR_INVALID_ARG_VALUE'],
  ])('is not started from %j: %s', async (path, code) => {
    expect(await runBounded({ argv: [path], signal: AbortSignal.timeout(5000) })).toEqual({
      end: { how: 'not-started', code },
      stdout: '',
      stderr: '',
    });
  });

  it('is not started with more arguments than the system takes', async () => {
    const result = await runBounded({ argv: ['/bin/true', 'x'.repeat(4_000_000)], signal: AbortSignal.timeout(5000) });

    expect(result.end).toEqual({ how: 'not-started', code: 'E2BIG' });
  });

  it('is not started when there is no time left', async () => {
    expect(await runBounded({ argv: ['/bin/true'], signal: AbortSignal.abort() })).toMatchObject({
      end: { how: 'not-started', code: 'ETIME' },
    });
  });

  it('keeps the beginning of a long output and drops the rest', async () => {
    const { end, stdout } = await run('head -c 300000 /dev/zero | tr "\\0" x; exit 2', 5000, { outputLimit: 65_536 });

    expect(end).toEqual({ how: 'exited', code: 2 });
    expect(stdout).toBe('x'.repeat(65_536));
  });

  it('is stopped when it writes without end', async () => {
    const before = process.memoryUsage().rss;

    const { end, stdout } = await run('yes');

    expect(end).toEqual({ how: 'flooded' });
    expect(stdout.length).toBe(65_536);
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
    await vi.waitFor(() => expect(scripts.running()).toEqual([]));
  });

  it('may write bytes that are no text', async () => {
    const { end, stdout } = await run("printf '\\377\\376\\000abc'");

    expect(end).toEqual({ how: 'exited', code: 0 });
    expect(stdout).toContain('abc');
  });
});

describe('a child process that hangs', () => {
  it('is stopped at the deadline, with its children, though they ignore SIGTERM', async () => {
    const sleeper = scripts.add('sleeper', 'trap "" TERM; while :; do sleep 30; done');
    const lines = `echo begun; trap "" TERM; ${sleeper} & ${sleeper} & wait`;
    let result: ChildResult | undefined;

    const ms = await took(async () => {
      result = await run(lines, 300);
    });

    expect(result).toMatchObject({ end: { how: 'aborted' }, stdout: 'begun\n' });
    expect(ms).toBeLessThan(3000);
    await vi.waitFor(() => expect(scripts.running()).toEqual([]));
  });

  it('leaves no background process behind when it ended by itself', async () => {
    const sleeper = scripts.add('left', 'sleep 30');

    const ms = await took(() => run(`${sleeper} & echo done`));

    expect(ms).toBeLessThan(4000);
    await vi.waitFor(() => expect(scripts.running()).toEqual([]));
  });

  it('is stopped at once when the signal aborts', async () => {
    const controller = new AbortController();
    const argv = [scripts.add('waiting', 'sleep 30')] as const;
    const running = runBounded({ argv, signal: controller.signal });
    setTimeout(() => controller.abort(), 50);

    const ms = await took(() => running);

    expect(ms).toBeLessThan(3000);
    await vi.waitFor(() => expect(scripts.running()).toEqual([]));
  });

  it('cannot hold us up by a process in a session of its own that keeps the pipe', async () => {
    const sleeper = scripts.add('escaped', 'sleep 6');
    let result: ChildResult | undefined;

    const ms = await took(async () => {
      result = await run(`setsid ${sleeper} & echo done`);
    });

    expect(result).toMatchObject({ end: { how: 'exited', code: 0 }, stdout: 'done\n' });
    expect(ms).toBeLessThan(4000);
  });
});
