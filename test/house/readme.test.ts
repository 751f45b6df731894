import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pathsIn, scriptsIn, yamlMistakesIn } from './readme.ts';
import { root } from './source.ts';

const path = join(root, 'README.md');
const readme = existsSync(path) ? readFileSync(path, 'utf8') : '';

describe('README', () => {
  it('names only paths that exist', () => {
    expect(pathsIn(readme).filter((named) => globSync(named, { cwd: root }).length === 0)).toEqual([]);
  });

  it('names only scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

    expect(scriptsIn(readme).filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it('has YAML examples that can be read', () => {
    expect(yamlMistakesIn(readme)).toEqual([]);
  });
});

describe('what is looked for in a README', () => {
  it('is every path in backticks', () => {
    const text =
      'See `src/core/`, `test/**/*.ts` and `config/incidentd.yaml`, not `srcs/x` or src/none.\n```sh\nls `src/x`\n```\n';

    expect(pathsIn(text)).toEqual(['src/core/', 'test/**/*.ts', 'config/incidentd.yaml']);
  });

  it('is every npm script', () => {
    const text = 'Run `npm start`, then\n```sh\nnpm run -s incidentd -- status\nnpm run check && npm test\n```\n';

    expect(scriptsIn(text)).toEqual(['incidentd', 'check', 'start', 'test']);
  });

  it('is every YAML example', () => {
    const text = '```yaml\na: !env A\n```\n\n```yaml\na: 1\na: [\n```\n';

    expect(yamlMistakesIn(text)).not.toEqual([]);
    expect(yamlMistakesIn('```yaml\na: !env A\n```\n')).toEqual([]);
  });
});
