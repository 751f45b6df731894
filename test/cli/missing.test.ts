import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/registry.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const known = new Set(commands.map(({ name }) => name));

test('the README says of every planned command either what it does or that it is not there yet', () => {
  const [, missing = ''] = /Of the commands these are missing:([\s\S]*?)\n\n/.exec(readme) ?? [];
  const named = [...missing.matchAll(/`([a-z-]+)/g)].map(([, name = '']) => name);
  const [, table = ''] = /^## Commands\n([\s\S]*?)^All of them/m.exec(readme) ?? [];
  const described = [...table.matchAll(/`([a-z-]+)[^`]*`/g)].map(([, name = '']) => name);

  expect(named.filter((name) => known.has(name))).toEqual([]);
  expect([...known].filter((name) => !described.includes(name))).toEqual([]);
  expect([...named].sort()).toEqual(['forget', 'init', 'summary']);
});
