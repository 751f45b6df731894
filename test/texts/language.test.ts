import { describe, expect, it } from 'vitest';
import { asSentence, listed, sentences } from '../../src/texts/language.ts';

describe('sentences in every language', () => {
  it('are picked by language', () => {
    const words = sentences({
      en: { hello: (name: string) => `Hello ${name}` },
      de: { hello: (name: string) => `Hallo ${name}` },
    });

    expect(words('de').hello('Anna')).toBe('Hallo Anna');
    expect(words('en').hello('Anna')).toBe('Hello Anna');
  });

  it('do not compile where one is missing, superfluous or of another kind', () => {
    // @ts-expect-error: German lacks a text
    sentences({ en: { yes: 'yes', no: 'no' }, de: { yes: 'ja' } });
    // @ts-expect-error: German has one that English does not know
    sentences({ en: { yes: 'yes' }, de: { yes: 'ja', no: 'nein' } });
    // @ts-expect-error: German needs something that English is not given
    sentences({ en: { hello: () => 'hello' }, de: { hello: (name: string) => `hallo ${name}` } });
    // @ts-expect-error: a language is missing
    sentences({ en: { yes: 'yes' } });
  });
});

describe('lists of names', () => {
  it.each([
    [[], ''],
    [['Anna'], 'Anna'],
    [['Anna', 'Ben'], 'Anna und Ben'],
    [['Anna', 'Ben', 'Carla'], 'Anna, Ben und Carla'],
    [['Anna', 'Ben', 'Carla', 'Dora'], 'Anna, Ben und 2 weitere'],
  ])('%j reads "%s"', (names, text) => {
    expect(listed(names, 'de', 3)).toBe(text);
  });
});

describe('a clause as a sentence', () => {
  it.each([
    ['does not answer (timeout)', 'Does not answer (timeout).'],
    ['ist überfällig', 'Ist überfällig.'],
    ['Is it done?', 'Is it done?'],
  ])('%s', (clause, sentence) => {
    expect(asSentence(clause)).toBe(sentence);
  });
});
