import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine, severalLines } from '../../src/texts/clean.ts';

const anything = fc.string({ unit: 'binary', maxLength: 200 });

describe('text from outside', () => {
  it('becomes one line without control characters, bidi marks and terminal sequences', () => {
    expect(oneLine(' a\r\nBcc: b\u0000\u001b[31mred\u001b[0m\u202ec\u2028d\t e ')).toBe('a Bcc: b red c d e');
  });

  it('is always short, well formed and on one line', () => {
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 60 }), (text, limit) => {
        const line = oneLine(text, limit);
        expect(line.length).toBeLessThanOrEqual(limit);
        expect(line.isWellFormed()).toBe(true);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('is not cut through the middle of a character', () => {
    expect(oneLine('ab🙂🙂', 4)).toBe('ab…');
  });
});

describe('a runbook', () => {
  it('keeps its lines and indents, and nothing else', () => {
    expect(severalLines('1. a\r\n   b\u0007\u202e\n\n2. c\n\n')).toEqual(['1. a', '   b', '', '2. c']);
  });

  it('is cut where it is too long', () => {
    expect(severalLines('1\n2\n3\n4', 3)).toEqual(['1', '2', '…']);
    expect(severalLines('x'.repeat(500), 3, 10)[0]).toHaveLength(10);
  });

  it('never holds a control character but the tab', () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const line of severalLines(text)) expect(line.replaceAll('\t', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
