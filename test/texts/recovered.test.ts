import { expect, it } from 'vitest';
import { renderMail } from '../../src/texts/render.ts';
import { incident, message, resolved } from './sample.ts';

it.each([
  ['en', 'Nothing needs to be done.', 'Not yet quite right'],
  ['de', 'Es ist nichts zu tun.', 'Noch nicht ganz in Ordnung'],
] as const)('a recovery says that nothing needs to be done only where nothing goes on (%s)', (language, sentence, title) => {
  const of = (remaining: readonly string[]) =>
    renderMail(message({ language, incidents: [resolved()], notification: { kind: 'recovered', facts: { remaining } } })).text;

  expect(of([])).toContain(sentence);
  expect(of(['tls www.kanzlei.example'])).toContain(title);
  expect(of(['tls www.kanzlei.example'])).not.toContain(sentence);
});

it.each([
  ['en', 'This goes on as INC-2026-0043.'],
  ['de', 'Das läuft als INC-2026-0043 weiter.'],
] as const)('a recovery names the incident that goes on (%s)', (language, sentence) => {
  const incidents = [resolved(), incident({ id: 'INC-2026-0043', kind: 'warning' })];
  const notification = { kind: 'recovered', facts: { remaining: ['http example'] } } as const;

  expect(renderMail(message({ language, incidents, notification })).text).toContain(sentence);
});
