import { expect, test } from 'vitest';
import { examineAll } from '../../../src/cli/doctor/examine.ts';
import { type Finding, well } from '../../../src/cli/doctor/finding.ts';
import type { Examination } from '../../../src/cli/doctor/patient.ts';
import { patientWith } from './support/patient.ts';

function examination(name: string, examine: Examination['examine']): Examination {
  return { name, withinMs: 50, examine };
}

test('examinations run at once and are told in their order; one that hangs or throws is a finding', async () => {
  const told: [string, readonly Finding[]][] = [];
  const begun: string[] = [];
  const start = performance.now();

  await examineAll(
    [
      examination('hangs', () => new Promise(() => {})),
      examination('throws', () => Promise.reject(new TypeError('x is not\na function'))),
      examination('hangs as well', () => new Promise(() => {})),
      examination('works', async () => [well('it', 'works')]),
    ],
    await patientWith('{}'),
    { begun: (name) => begun.push(name), told: (name, found) => told.push([name, found]) },
  );

  expect(begun).toEqual(['hangs', 'throws', 'hangs as well', 'works']);
  expect(told.map(([name, [first]]) => [name, first?.ok])).toEqual([
    ['hangs', 'unclear'],
    ['throws', 'no'],
    ['hangs as well', 'unclear'],
    ['works', 'yes'],
  ]);
  expect(told[1]?.[1][0]?.says).toBe('internal error: x is not a function');
  expect(performance.now() - start).toBeLessThan(5000);
});
