import { expect, it } from 'vitest';
import { notificationKinds } from '../../src/core/notification.ts';
import { languages } from '../../src/core/rules.ts';
import { renderMail } from '../../src/texts/render.ts';
import { ended, incident, known, message, resolved, run, start } from './sample.ts';

const hostile = `<script>x</script>\u001b[2J\u202e\r\nBcc: all@kanzlei.example\r\n${'y'.repeat(5000)}`;
const fix = { ...known.fix!, text: hostile };
const similar = [{ ...known.similar[0]!, service: 'Mail', serviceName: hostile, cause: hostile }];
const outside = {
  diagnosis: {
    at: start,
    code: 'port-closed',
    findings: [{ layer: 'port', verdict: 'bad', subject: hostile, detail: hostile }],
  },
  remedies: [
    run({ label: hostile }),
    ended('failed', { label: hostile, outcome: hostile, output: hostile }),
    ended('helped', { label: hostile }),
  ],
  affected: Array.from({ length: 8 }, (_, index) => ({
    service: `S${index}`,
    name: `${index}${hostile}`,
    from: start,
    to: null,
  })),
  timeline: [
    { at: start, type: 'remedy-ended', text: hostile, facts: { remedy: hostile, result: hostile, outcome: hostile } },
    { at: start, type: 'affected', facts: { services: [hostile, hostile] } },
  ],
} as const;

it.each(notificationKinds)('a mail of kind %s holds what was seen, known and tried as data only', (kind) => {
  const cases = [
    incident({ ...outside, known: { ...known, fix, similar } }),
    incident({ ...outside, known: { ...known, seen: 0, fix: null, similar } }),
    resolved({ ...outside, known: null }),
  ];

  for (const one of cases) {
    for (const language of languages) {
      const facts = { service: hostile, lines: [hostile] };
      const mail = renderMail(message({ language, incidents: [one], notification: { kind, facts } }));

      expect(mail.subject).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(mail.text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|^Bcc/mu);
      expect(mail.html).not.toContain('<script');
      expect(mail.text.length).toBeLessThan(12_000);
    }
  }
});
