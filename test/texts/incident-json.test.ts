import { describe, expect, it } from 'vitest';
import { incidentJson } from '../../src/texts/incident-json.ts';
import { outsideJson } from '../../src/texts/outside-json.ts';
import { hourMs, incident, insights, minuteMs, notification, resolved, rules, start } from './sample.ts';

describe('an incident as JSON', () => {
  it('has exactly the agreed fields', () => {
    const json = incidentJson(incident(), [notification()], rules(), start + 15 * minuteMs);

    expect(Object.keys(json).toSorted()).toEqual(
      [
        'id, kind, title, status, flapping, recurring, priority, severity, impact, category, source, services, affected, cause',
        'acknowledged, escalation, startedAt, openedAt, recoveredAt, resolvedAt, closedAt, downtimeMs, resolution, mergedInto',
        'mergedFrom, timeline, notifications, findings, known, remedies, linked',
      ]
        .join(', ')
        .split(', ')
        .toSorted(),
    );
    expect(Object.keys(json.notifications[0] ?? {})).toEqual(['at', 'kind', 'reason', 'to', 'channel', 'state', 'attempts']);
  });

  it('tells times in UTC and texts in the site’s language', () => {
    const json = incidentJson(incident(), [notification()], { ...rules(), language: 'de' }, start + 15 * minuteMs);

    expect(json).toMatchObject({
      title: 'Website: nichts nimmt Verbindungen an (Port geschlossen)',
      services: ['Website'],
      startedAt: '2026-05-12T12:05:00.000Z',
      recoveredAt: null,
      acknowledged: null,
      resolution: null,
      cause: {
        code: 'port-closed',
        text: 'Nichts nimmt Verbindungen an (Port geschlossen).',
        evidence: ['10.0.0.5:443 refuses connections'],
      },
      escalation: { policy: 'default', level: 1, nextAt: '2026-05-12T12:20:00.000Z' },
      timeline: [{ at: '2026-05-12T12:06:00.000Z', type: 'opened' }],
      notifications: [{ at: '2026-05-12T12:06:00.000Z', to: 'anna', channel: 'email', state: 'sending', attempts: 1 }],
    });
  });

  it('names the other incident in whose thread something was sent', () => {
    const incidents = ['INC-2026-0041', 'INC-2026-0042'];
    const sent = [notification({ incidents, kind: 'recovered' }), notification({ incidents, kind: 'group' }), notification()];

    const json = incidentJson(incident(), sent, rules(), null);

    expect(json.notifications.map((one) => one.incident)).toEqual(['INC-2026-0041', undefined, undefined]);
  });

  it('names who acted, and only then', () => {
    const timeline = [
      { at: start, type: 'opened' },
      { at: start, type: 'noted', by: 'anna', text: 'x' },
    ] as const;

    const json = incidentJson(incident({ timeline }), [], rules(), null);

    expect(json.timeline.map((entry) => 'by' in entry)).toEqual([false, true]);
  });

  it('holds the end of what is over', () => {
    const over = resolved({
      resolution: { by: 'anna', at: start, fix: 'restarted' },
      acknowledged: { by: 'anna', at: start, until: start + hourMs, calendar: false, asked: false },
      affected: [{ service: 'Portal', name: 'Portal', from: start, to: start + hourMs }],
      mergedFrom: ['INC-2026-0043'],
    });

    expect(incidentJson(over, [], rules(), null)).toMatchObject({
      resolution: { cause: null, fix: 'restarted', by: 'anna' },
      acknowledged: { by: 'anna', until: '2026-05-12T13:05:00.000Z' },
      affected: [{ name: 'Portal', from: '2026-05-12T12:05:00.000Z', to: '2026-05-12T13:05:00.000Z' }],
      mergedFrom: ['INC-2026-0043'],
      recoveredAt: '2026-05-12T13:35:00.000Z',
      escalation: { nextAt: null },
      downtimeMs: 90 * minuteMs,
    });
  });

  it('counts a stretch of downtime that is still running where it is told the time', () => {
    const running = incident({ downtimeMs: hourMs, downSince: start });

    expect(incidentJson(running, [], rules(), null).downtimeMs).toBe(hourMs);
    expect(incidentJson(running, [], rules(), null, start + minuteMs).downtimeMs).toBe(hourMs + minuteMs);
  });

  it('tells what was looked at after what the check saw, both as evidence and by itself', () => {
    const json = incidentJson(incident(insights), [], rules(), null);

    expect(json.cause.evidence.slice(0, 2)).toEqual(['10.0.0.5:443 refuses connections', '✓ Network card eth0: connected']);
    expect(json.cause.evidence).toHaveLength(5);
    expect(json.findings[1]).toEqual({
      layer: 'gateway',
      verdict: 'good',
      subject: '192.168.178.1',
      detail: '3 of 3 answered',
      text: '✓ Router 192.168.178.1: answers (3 of 3 answered)',
    });
  });

  it('tells what is known, what was tried and what explained it before', () => {
    const json = incidentJson(incident(insights), [], rules(), null);

    expect(json.linked).toEqual(['INC-2026-0041']);
    expect(json.known).toMatchObject({
      seen: 3,
      fix: { text: 'nginx neu gestartet.', by: 'person', incident: 'INC-2026-0031', tookMs: 480_000 },
      similar: [{ id: 'INC-2026-0031', service: 'Website', code: 'port-closed', cause: null, fix: 'nginx neu gestartet.' }],
    });
    expect(json.remedies[1]).toEqual({
      label: 'systemctl restart nginx',
      state: 'failed',
      startedAt: '2026-05-12T12:06:00.000Z',
      endedAt: '2026-05-12T12:07:00.000Z',
      outcome: 'exit status 1',
      output: '',
    });
  });

  it('keeps people’s words and commands from outsiders', () => {
    const whole = incident({ ...insights, flapping: false });
    const json = outsideJson(incidentJson(whole, [], rules(), null), whole, 'en');

    expect([json.known, json.remedies]).toEqual([null, []]);
    expect(JSON.stringify(json)).not.toMatch(/nginx/);
  });

  it('says where a folded message was told', () => {
    const at = start + 5 * minuteMs;
    const folded = { state: 'folded' } as const;
    const sent = [
      notification({ ...folded, key: 'a', foldedInto: 'b' }),
      notification({ ...folded, key: 'b', foldedInto: 'c' }),
      notification({ key: 'c', kind: 'group', state: 'sent', sentAt: at, incidents: ['INC-2026-0041', 'INC-2026-0042'] }),
      notification({ ...folded, key: 'd', foldedInto: 'INC-2026-0040/e1/recovered/r0/anna/email' }),
      notification({ ...folded, key: 'e' }),
      notification({ ...folded, key: 'f', foldedInto: 'digest/INC-2026-0042/e1/level-1/r0/anna/email' }),
    ];

    const json = incidentJson(incident(), sent, rules(), null);

    expect(json.notifications.map((one) => one.foldedInto)).toEqual([
      { kind: 'group', at: '2026-05-12T12:10:00.000Z' },
      { kind: 'group', at: '2026-05-12T12:10:00.000Z' },
      undefined,
      { incident: 'INC-2026-0040' },
      undefined,
      { kind: 'digest' },
    ]);
  });

  it('has no service where a report names none', () => {
    expect(incidentJson(incident({ service: null, serviceName: '' }), [], rules(), null).services).toEqual([]);
  });
});
