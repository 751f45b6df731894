import { expect, it } from 'vitest';
import { languages } from '../../src/core/rules.ts';
import { renderMail } from '../../src/texts/render.ts';
import { message, resolved } from './sample.ts';

it.each(languages)('never says that it works again where a person closed what still fails: %s', (language) => {
  const { text } = renderMail(
    message({
      notification: { kind: 'recovered', reason: 'closed-by-force', facts: { by: 'boss', why: 'closed-by-force' } },
      incidents: [resolved({ status: 'closed' })],
      contact: { language },
    }),
  );

  expect(text).toMatch(/boss (has closed this|hat das abgeschlossen)/);
  expect(text).not.toMatch(/is working again|läuft wieder\./);
});
