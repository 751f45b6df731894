import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { channels } from '../../src/channels/registry.ts';

const root = join(import.meta.dirname, '../..');

const listing = `import { registerHooks } from 'node:module';
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const name = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(found.url)?.[1];
    if (name) console.log(name);
    return found;
  },
});
await import('./src/channels/registry.ts');`;

it('loads no package but that of the schemas until a message is sent', () => {
  const loaded = execFileSync(process.execPath, ['--input-type=module', '-e', listing], { cwd: root, encoding: 'utf8' });

  expect(new Set(loaded.trim().split('\n'))).toEqual(new Set(['zod']));
});

it('names each kind once, and mail first: a contact that is written as one value is an address', () => {
  const kinds = channels.map(({ kind }) => kind);

  expect(new Set(kinds).size).toBe(kinds.length);
  expect(kinds[0]).toBe('email');
});
