import { describe, expect, test } from 'vitest';
import { categoryOf, outageSeverity, priorityOf, warningSeverity } from '../../src/core/categorize.ts';
import { freshCell } from '../../src/core/observe.ts';
import type { Category } from '../../src/core/rules.ts';
import { check, service } from '../support/rules.ts';

describe('priority', () => {
  test.each([
    ['critical', 'high', 'P1'],
    ['critical', 'medium', 'P2'],
    ['critical', 'low', 'P3'],
    ['major', 'high', 'P2'],
    ['major', 'medium', 'P3'],
    ['major', 'low', 'P4'],
    ['minor', 'high', 'P3'],
    ['minor', 'medium', 'P4'],
    ['minor', 'low', 'P5'],
  ] as const)('%s × %s is %s', (severity, impact, priority) => {
    expect(priorityOf(severity, impact)).toBe(priority);
  });
});

describe('severity', () => {
  const whole = check('Website');
  const part = check('Website', { part: true });

  test.each([
    ['the service is down', [whole], 'critical'],
    ['only parts are down', [part, part], 'major'],
    ['a part and the whole are down', [part, whole], 'critical'],
    ['a check that is gone from the configuration', [undefined], 'critical'],
  ])('%s', (_, failing, severity) => {
    expect(outageSeverity(failing)).toBe(severity);
  });

  test('a critical forewarning is major, any other warning minor', () => {
    expect(warningSeverity({ ...freshCell, hard: 'major' })).toBe('major');
    expect(warningSeverity({ ...freshCell, hard: 'minor' })).toBe('minor');
    expect(warningSeverity(undefined)).toBe('minor');
  });
});

describe('category', () => {
  const ofKind = (category: Category) => check('Website', { category });

  test.each([
    ['the cause comes first', 'dns-failure', ofKind('web'), 'application', 'dns'],
    ['then the check kind', 'port-closed', ofKind('database'), 'application', 'database'],
    ['then the service', 'port-closed', ofKind('other'), 'application', 'application'],
    ['else other', 'port-closed', ofKind('other'), undefined, 'other'],
    ['an expired certificate', 'tls-expired', ofKind('web'), undefined, 'certificate'],
    ['slowness', 'slow', ofKind('web'), undefined, 'performance'],
  ] as const)('%s', (_, cause, rule, ofService, expected) => {
    const rules = service('Website', ofService === undefined ? {} : { category: ofService });

    expect(categoryOf(cause, rule, rules)).toBe(expected);
  });
});
