import { describe, expect, it } from 'vitest';
import { languages } from '../../src/core/rules.ts';
import { renderMail } from '../../src/texts/render.ts';
import { message, resolved } from './sample.ts';

const start = resolved().startedAt;
const forced = resolved({
  status: 'closed',
  recoveredAt: null,
  timeline: [{ at: start + 60_000, type: 'resolved', by: 'boss', facts: { why: 'closed-by-force' } }],
});
const gone = resolved({ status: 'closed', recoveredAt: null, timeline: [{ at: start + 60_000, type: 'no-longer-watched' }] });

describe.each(languages)('in %s', (language) => {
  const mailOf = (kind: 'recovered' | 'digest' | 'no-longer-watched', reason: string, ...incidents: (typeof forced)[]) =>
    renderMail(message({ notification: { kind, reason, facts: { by: 'boss' } }, incidents, contact: { language } }));

  it('a mail never says that it works again where a person closed what still fails', () => {
    const { text, subject } = mailOf('recovered', 'closed-by-force', forced);

    expect(text).toMatch(/boss (has closed this|hat das abgeschlossen)/);
    expect(text).toMatch(/^(Closed by hand|Von Hand abgeschlossen): /m);
    expect(`${subject} ${text}`).not.toMatch(/working again|läuft.* wieder|resolved|behoben/i);
    expect(subject).toMatch(/^\[(closed|geschlossen)\] /);
  });

  it.each([
    [forced, /closed by hand|von Hand abgeschlossen/, /^\[(closed|geschlossen)\] /],
    [gone, /no longer watched|nicht mehr überwacht/, /^\[(no longer watched|nicht mehr überwacht)\] /],
  ])('a digest tells how it came to its end', (incident, words, tag) => {
    const { text, subject } = mailOf('digest', 'digest-due', incident);
    const several = mailOf('digest', 'digest-due', incident, resolved());

    expect(text).toMatch(words);
    expect(several.text).toMatch(words);
    expect(text).not.toMatch(/working again|läuft.* wieder/i);
    expect(subject).toMatch(tag);
    expect(several.subject).toMatch(/^\[(resolved|behoben)\] /);
  });
});
