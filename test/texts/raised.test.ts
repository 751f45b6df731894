import { expect, it } from 'vitest';
import { renderMail } from '../../src/texts/render.ts';
import { message } from './sample.ts';

it.each([
  ['en', 'You had taken it; that has ended'],
  ['de', 'Die Übernahme gilt nicht mehr'],
] as const)('a rise says to the one who had it that this has ended (%s)', (language, sentence) => {
  const raised = (facts: Readonly<Record<string, string>>) =>
    renderMail(message({ language, notification: { kind: 'raised', facts } })).text;

  expect(raised({ from: 'P3', by: 'anna' })).toContain(sentence);
  expect(raised({ from: 'P3' })).not.toContain(sentence);
});
