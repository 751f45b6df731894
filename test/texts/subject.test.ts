import { describe, expect, it } from 'vitest';
import { notificationKinds } from '../../src/core/notification.ts';
import { headline, incidentTitle } from '../../src/texts/headline.ts';
import { subject } from '../../src/texts/subject.ts';
import { incident, message, reportOf, resolved } from './sample.ts';

describe('a subject', () => {
  it('says priority, service, what is wrong and the number', () => {
    expect(subject(message())).toBe('[P1] Website: nothing accepts connections (port closed) (INC-2026-0042)');
    expect(subject(message({ language: 'de' }))).toBe(
      '[P1] Website: nichts nimmt Verbindungen an (Port geschlossen) (INC-2026-0042)',
    );
  });

  it('keeps its text through the incident’s life, whatever turns out later', () => {
    const lives = [
      incident(),
      incident({ priority: 'P2', severity: 'major', cause: { code: 'internet-unreachable', evidence: [] }, category: 'network' }),
      incident({ status: 'recovering' }),
      resolved({ kind: 'warning' }),
    ];

    const texts = lives.map((life) => subject(message({ incidents: [life] })).replace(/^\[[^\]]+\] /, ''));

    expect(new Set(texts).size).toBe(1);
  });

  it('tells the state by its tag', () => {
    expect(subject(message({ incidents: [incident({ status: 'recovering' })] }))).toMatch(/^\[P1\] /);
    expect(subject(message({ incidents: [resolved()] }))).toMatch(/^\[resolved\] /);
    expect(subject(message({ incidents: [resolved()], language: 'de' }))).toMatch(/^\[behoben\] /);
    expect(subject(message({ incidents: [resolved({ status: 'closed' })], notification: { kind: 'cause-missing' } }))).toMatch(
      /^\[resolved\] /,
    );
  });

  it('never calls resolved what is merged or no longer watched', () => {
    const merged = incident({ status: 'closed', mergedInto: 'INC-2026-0041' });
    const gone = incident({ status: 'closed' });

    expect(subject(message({ incidents: [merged], notification: { kind: 'merged' } }))).toMatch(/^\[P1\] /);
    expect(subject(message({ incidents: [gone], notification: { kind: 'no-longer-watched' } }))).toMatch(
      /^\[no longer watched\] /,
    );
  });

  it('of a report that nobody answered says that it was closed', () => {
    const parts = {
      incidents: [reportOf('x', { status: 'resolved' })],
      notification: { kind: 'recovered', reason: 'no-answer' },
    } as const;

    expect(subject(message({ ...parts, language: 'de' }))).toMatch(/^\[geschlossen\] /);
  });

  it('of several incidents counts and names them, under the most urgent priority that is open', () => {
    const incidents = [
      incident({ id: 'INC-2026-0001', serviceName: 'Website', priority: 'P3' }),
      incident({ id: 'INC-2026-0002', serviceName: 'Mail', priority: 'P2' }),
      resolved({ id: 'INC-2026-0003', serviceName: 'Router', priority: 'P1' }),
    ];

    expect(subject(message({ incidents, notification: { kind: 'group' } }))).toBe('[P2] 3 incidents: Website, Mail and Router');
    expect(subject(message({ incidents, notification: { kind: 'digest' }, language: 'de' }))).toBe(
      '[P2] Sammelmail: 3 Vorfälle: Website, Mail und Router',
    );
    expect(subject(message({ incidents: incidents.slice(2), notification: { kind: 'group' } }))).toMatch(
      /^\[resolved\] Router: /,
    );
  });

  it('of incidentd itself says so', () => {
    const rejected = { kind: 'configuration-rejected', facts: { problems: ['a', 'b'] } } as const;

    expect(subject(message({ incidents: [], notification: rejected }))).toBe(
      '[incidentd] New configuration rejected: 2 mistakes',
    );
    expect(subject(message({ incidents: [], notification: { kind: 'test' }, language: 'de' }))).toBe('[incidentd] Testmail');
  });

  it.each(notificationKinds)('of %s keeps the number at its end however long the names are', (kind) => {
    const long = 'Sehr langer Dienstname '.repeat(20);
    const told = subject(message({ incidents: [reportOf(long, { serviceName: long })], notification: { kind } }));

    expect(told.length).toBeLessThan(260);
    if (!/^\[(incidentd|drill)\]/.test(told)) expect(told).toMatch(/ \(INC-2026-0042\)$/);
  });
});

describe('a headline', () => {
  it('of a report keeps the person’s words, on one line, except for outsiders', () => {
    const report = reportOf('Die Seite\r\nBcc: x lädt nicht');

    expect(headline(report, 'de')).toBe('Website: Die Seite Bcc: x lädt nicht');
    expect(headline(report, 'de', true)).toBe('Website: jemand hat ein Problem gemeldet');
    expect(incidentTitle(report, 'de', true)).toContain('(INC-2026-0042)');
  });

  it('of checks that cannot run says so', () => {
    const unwatched = incident({ service: 'incidentd', serviceName: 'incidentd', headline: { code: 'not-watched' } });

    expect(headline(unwatched, 'en')).toBe('incidentd: some checks give no result');
  });

  it('without a service begins with what is wrong', () => {
    expect(headline(incident({ service: null, serviceName: '' }), 'en')).toBe('Nothing accepts connections (port closed)');
  });
});
