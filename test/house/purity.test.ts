import { describe, expect, it } from 'vitest';
import { impurities } from './purity.ts';
import { sourceFiles } from './source.ts';

function impuritiesIn(text: string): readonly string[] {
  return impurities({ path: 'src/core/planted.ts', text });
}

describe('src/core', () => {
  it('has no clock, timer, chance, process or waiting', () => {
    expect(sourceFiles('src/core').flatMap(impurities)).toEqual([]);
  });

  it.each([
    'const x = Date.now();',
    'const x = new Date();',
    'const x = Date();',
    'const clock = Date;',
    `const x = Date['now']();`,
    'const { now } = Date;',
    'const x = Temporal.Now.instant();',
    'const { Now } = Temporal;',
    'const x = Math.random();',
    'const { random } = Math;',
    'setTimeout(f, 1);',
    'setInterval(f, 1);',
    'queueMicrotask(f);',
    'const x = crypto.randomUUID();',
    'const x = process.env.HOME;',
    'const x = performance.now();',
    'const x = { process };',
    'const x = globalThis.Date;',
    'const x = AbortSignal.timeout(1);',
    'const x = import.meta.url;',
    'const x = (process as Y).pid;',
    'function f(at = Date.now()) {}',
    'async function f() {}',
    'const f = async () => 1;',
  ])('refuses: %s', (text) => {
    expect(impuritiesIn(text)).toEqual([expect.stringContaining('src/core/planted.ts:1: ')]);
  });

  it.each([
    'const x = new Date(now).toISOString();',
    'const x = Date.UTC(2026, 0, 1);',
    'const x = Temporal.Instant.fromEpochMilliseconds(now);',
    'const x = Math.max(1, 2);',
    `const x = { performance: 'slow', process: 1 };`,
    'const x = incident.performance;',
    'const x: Date | typeof process = y;',
    'type Clock = typeof Date.now;',
    '// Date.now() in a comment',
    `const x = 'Date.now()';`,
  ])('allows: %s', (text) => {
    expect(impuritiesIn(text)).toEqual([]);
  });
});
