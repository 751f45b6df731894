import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { directionViolations, importCycles, roomOf } from './imports.ts';
import { mayImport } from './rooms.ts';
import { root, sourceFiles } from './source.ts';

const files = sourceFiles('src');

describe('import direction', () => {
  it('holds in all files of src', () => {
    expect(directionViolations(files)).toEqual([]);
  });

  it('knows every room of src', () => {
    const rooms = readdirSync(join(root, 'src')).map((name) => roomOf(`src/${name}`));

    expect(rooms.filter((room) => room === null || !Object.hasOwn(mayImport, room))).toEqual([]);
  });

  it('names only rooms that the table knows', () => {
    const named = Object.values(mayImport).flatMap((allowed) => (allowed === 'everything' ? [] : allowed));

    expect(named.filter((entry) => !Object.hasOwn(mayImport, entry.split('/')[0] ?? ''))).toEqual([]);
  });

  it.each([
    ['a room that may import nothing', 'src/lib/clock.ts', `import { x } from '../core/record.ts';`],
    ['a neighbour', 'src/probes/http.ts', `import { x } from '../channels/email.ts';`],
    ['a type', 'src/engine/desk.ts', `import type { X } from '../store/live.ts';`],
    ['a type written as import()', 'src/engine/desk.ts', `type X = import('../store/live.ts').X;`],
    ['a dynamic import', 'src/core/step.ts', `const x = () => import('../texts/mail.ts');`],
    ['a dynamic import of something computed', 'src/web/page.ts', 'const x = (name: string) => import(name);'],
    ['an export from elsewhere', 'src/net/dns.ts', `export { x } from '../core/record.ts';`],
    ['an export of everything from elsewhere', 'src/net/dns.ts', `export * from '../core/record.ts';`],
    ['a require', 'src/net/dns.ts', `const x = require('../core/record.ts');`],
    ['an import by require', 'src/net/dns.ts', `import x = require('../core/record.ts');`],
    ['another file than the allowed one', 'src/core/step.ts', `import { x } from '../lib/html.ts';`],
    ['a package in core', 'src/core/step.ts', `import { z } from 'zod';`],
    ['Node in core', 'src/core/step.ts', `import type { Stats } from 'node:fs';`],
    ['something outside of src', 'src/cli/status.ts', `import { x } from '../../test/house/source.ts';`],
    ['the meeting point from a room', 'src/web/page.ts', `import { x } from '../daemon.ts';`],
    ['a room that the table does not know', 'src/helpers/x.ts', 'export const x = 1;'],
  ])('refuses %s', (_, path, text) => {
    expect(directionViolations([{ path, text }])).toHaveLength(1);
  });

  it.each([
    ['its own room', 'src/probes/http.ts', `import { x } from './contract.ts';`],
    ['a room of the table', 'src/probes/http.ts', `import { x } from '../net/http.ts';`],
    ['the one allowed file', 'src/core/step.ts', `import { x } from '../lib/duration.ts';`],
    ['a package elsewhere', 'src/probes/http.ts', `import axios from 'axios';`],
    ['all rooms in the meeting point', 'src/daemon.ts', `import { x } from './store/live.ts';`],
  ])('allows %s', (_, path, text) => {
    expect(directionViolations([{ path, text }])).toEqual([]);
  });
});

describe('import cycles', () => {
  it('do not exist in src', () => {
    expect(importCycles(files)).toEqual([]);
  });

  it('are found over several files, by types too', () => {
    const planted = [
      { path: 'src/core/a.ts', text: `import { b } from './b.ts';` },
      { path: 'src/core/b.ts', text: `import type { c } from './parts/c.ts';` },
      { path: 'src/core/parts/c.ts', text: `export { a } from '../a.ts';` },
      { path: 'src/core/d.ts', text: `import './a.ts';` },
    ];

    expect(importCycles(planted)).toEqual(['src/core/a.ts → src/core/b.ts → src/core/parts/c.ts → src/core/a.ts']);
  });
});
