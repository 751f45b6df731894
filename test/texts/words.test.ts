import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { notificationKinds } from '../../src/core/notification.ts';
import { causeCodes } from '../../src/core/observation.ts';
import { causeText, firstStepText } from '../../src/texts/causes.ts';
import { notificationKindWords } from '../../src/texts/kinds.ts';
import { mailKinds } from '../../src/texts/mail-kinds.ts';

describe.each(causeCodes)('the cause %s', (code) => {
  it('completes "<Service>: …" in both languages', () => {
    for (const language of ['de', 'en'] as const) {
      const text = causeText({ code }, language);
      expect(text).toMatch(/^[^.!?:]{10,80}$/u);
    }
    expect(causeText({ code }, 'en')).toMatch(/^\p{Ll}/u);
    expect(causeText({ code }, 'de')).not.toBe(causeText({ code }, 'en'));
  });

  it('has a first step of one sentence or two in both languages', () => {
    for (const language of ['de', 'en'] as const) expect(firstStepText({ code }, language)).toMatch(/^\p{Lu}.{20,140}\.$/u);
  });
});

describe('the words of a check kind', () => {
  const sentence = { en: 'its disk is filling up', de: 'der Speicherplatz wird knapp' };
  const firstStep = { en: 'Delete something.', de: 'Etwas löschen.' };

  it('go before the general ones', () => {
    expect(causeText({ code: 'threshold', sentence }, 'de')).toBe('der Speicherplatz wird knapp');
    expect(causeText({ code: 'threshold' }, 'de')).toBe('ein Messwert liegt jenseits seiner Grenze');
    expect(firstStepText({ code: 'threshold', firstStep }, 'en')).toBe('Delete something.');
  });
});

describe('the kinds of mails', () => {
  it('each have a file of their name, listed under their name', () => {
    const files = readdirSync(new URL('../../src/texts/mails/', import.meta.url)).map((name) => name.replace('.ts', ''));

    expect(files.toSorted()).toEqual(notificationKinds.toSorted());
    for (const kind of notificationKinds) expect(mailKinds[kind].kind).toBe(kind);
  });

  it('each have a noun of their own', () => {
    for (const language of ['de', 'en'] as const) {
      expect(new Set(Object.values(notificationKindWords[language])).size).toBe(notificationKinds.length);
    }
  });
});
