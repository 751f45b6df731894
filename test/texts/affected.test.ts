import { describe, expect, it } from 'vitest';
import { renderMail } from '../../src/texts/render.ts';
import { affectedServices, cutOff, hourMs, incident, type MessageParts, message, minuteMs, resolved, start } from './sample.ts';

function text(parts: MessageParts): string {
  return renderMail(message(parts)).text;
}

describe('what is affected', () => {
  it('is named in one row while it is few', () => {
    const told = text({ incidents: [incident({ affected: affectedServices(3) })] });

    expect(told).toContain('Affects: Website, and with it Service 1, Service 2 and Service 3, hits the office hard');
    expect(told).not.toContain('Everything that is affected');
  });

  it('of thirty is the first few, with all of them further down', () => {
    const told = text({ incidents: [incident({ affected: affectedServices(30) })] });

    expect(told).toContain('Affects: Website, and with it Service 1, Service 2, Service 3 and 27 more, hits');
    expect(told).toContain('Everything that is affected:\n- Service 1 (since today 14:05)\n');
    expect(told.match(/^- Service \d+ /gm)).toHaveLength(30);
  });

  it('stays bounded', () => {
    const told = text({ incidents: [incident({ affected: affectedServices(2000) })] });

    expect(told).toContain('- and 1900 more: incidentd show INC-2026-0042');
    expect(told.split('\n').length).toBeLessThan(140);
  });

  it('leaves out what has its own end already', () => {
    const [first, ...others] = affectedServices(3);
    const told = text({ incidents: [incident({ affected: [{ ...first!, to: start + minuteMs }, ...others] })] });

    expect(told).toContain('and with it Service 2 and Service 3,');
  });

  it.each([
    ['en', 2, '2 more services are affected.'],
    ['de', 1, 'Ein weiterer Dienst ist betroffen.'],
  ] as const)('is counted in a mail of several incidents (%s)', (language, count, sentence) => {
    const incidents = [incident({ affected: affectedServices(count) }), incident({ id: 'INC-2026-0043' })];

    for (const kind of ['group', 'digest'] as const) {
      expect(text({ language, incidents, notification: { kind } })).toContain(sentence);
    }
  });

  it('has its own begin and end in the report', () => {
    const affected = affectedServices(6).map((one, index) => ({ ...one, to: start + (index + 1) * hourMs }));
    const told = (count: number) =>
      text({ incidents: [resolved({ affected: affected.slice(0, count) })], notification: { kind: 'recovered' } });

    expect(told(2)).toContain('Affected with it: Service 1 (1 hour) and Service 2 (2 hours)');
    expect(told(6)).toContain('Affected with it: Service 1, Service 2, Service 3 and 3 more');
    expect(told(6)).toContain('- Service 2: 14:05 to 16:05 (2 hours)');
  });
});

describe('an incident that a dependency explained', () => {
  it('says so once it stands alone', () => {
    const incidents = [incident({ linked: ['INC-2026-0041'] })];

    expect(text({ incidents })).toContain('It was explained by INC-2026-0041 until then, but goes on after that.');
    expect(text({ incidents, language: 'de' })).toContain('Bisher ließ es sich mit INC-2026-0041 erklären');
  });

  it('names the dependency as the cause when it is merged', () => {
    const own = incident({ status: 'closed', mergedInto: 'INC-2026-0041' });
    const of = (service: string) =>
      text({
        incidents: [own, incident({ id: 'INC-2026-0041', service, serviceName: service })],
        notification: { kind: 'merged' },
        language: 'de',
      });

    expect(of('Router')).toContain('Die Ursache liegt bei Router; davon hängt Website ab.');
    expect(of('Website')).not.toContain('Die Ursache liegt');
  });
});

describe('that this server has no network', () => {
  const affected = affectedServices(30);

  it('is said in plain words, and claims of nothing that it is broken', () => {
    const mail = renderMail(message({ language: 'de', incidents: [incident({ ...cutOff, affected })] }));

    expect(mail.subject).toBe('[P1] incidentd: der Überwachungsserver hat kein Netz (INC-2026-0042)');
    expect(mail.text).toContain('Der Überwachungsserver selbst hat seit heute 14:05 kein Netz.');
    expect(mail.text).toContain('Nicht zu sehen: Service 1, Service 2, Service 3 und 27 weitere\n');
    expect(mail.text).toContain('Alles, was nicht zu sehen ist:');
    expect(mail.text).not.toMatch(/[Bb]etroffen|ausgefallen|funktioniert seit/);
  });

  it('ends with seeing again, which is nobody’s downtime', () => {
    const over = resolved({ ...cutOff, affected: affected.slice(0, 1).map((one) => ({ ...one, to: start + hourMs })) });
    const told = text({ incidents: [over], notification: { kind: 'recovered' } });

    expect(told).toContain('The monitoring server has its network back after 1 hour 30 minutes');
    expect(told).toContain('Could not be seen: Service 1 (1 hour)');
    expect(told).not.toMatch(/Downtime|impaired/);
  });
});
