import { describe, expect, it } from 'vitest';
import { notificationKinds } from '../../src/core/notification.ts';
import { languages } from '../../src/core/rules.ts';
import { renderMail } from '../../src/texts/render.ts';
import {
  cutOff,
  hourMs,
  incident,
  insights,
  type MessageParts,
  message,
  minuteMs,
  notification,
  reportOf,
  resolved,
  rules,
  start,
} from './sample.ts';

function text(parts: MessageParts = {}): string {
  return renderMail(message(parts)).text;
}

/** What a phone shows before anybody scrolls. */
function firstScreen(parts: MessageParts = {}): string {
  return text(parts).split('\n').slice(0, 14).join('\n');
}

const acknowledged = { by: 'anna', at: start, until: start + 2 * hourMs, calendar: false, asked: false };

describe.each(notificationKinds)('a mail of kind %s', (kind) => {
  const two = [incident(), reportOf('geht nicht', { id: 'INC-2026-0043' })];
  const cases: readonly MessageParts[] = [
    { incidents: [] },
    { incidents: [incident()] },
    { incidents: [incident({ acknowledged, status: 'recovering', recoveredAt: start + hourMs })] },
    { incidents: [resolved({ costPerHour: 10, timeline: [] })] },
    { incidents: [reportOf('', { service: null, serviceName: '', reporters: [] })] },
    {
      incidents: two,
      notification: { facts: { level: 2, by: 'anna', until: start + hourMs, folded: ['opened'], services: ['A'] } },
    },
    { rules: { ...rules(), services: {}, contacts: {}, escalation: {} } },
    { incidents: [incident(insights)] },
    { incidents: [resolved(insights)] },
    { incidents: [incident(insights)], contact: { outside: true } },
    { incidents: [incident({ ...insights, ...cutOff })] },
    { incidents: [resolved({ ...insights, ...cutOff })] },
  ];

  it.each(languages)('reads well in %s with and without facts, as text and as HTML', (language) => {
    for (const parts of cases) {
      const mail = renderMail(message({ ...parts, language, notification: { ...parts.notification, kind } }));
      for (const body of [mail.subject, mail.text, mail.html]) {
        expect(body.length).toBeGreaterThan(10);
        expect(body).not.toMatch(/undefined|\bnull\b|NaN|\[object|: \n|\(\)|“”|„“/);
      }
      expect(mail.text).not.toMatch(/ {2}\S*[a-z]+ {2}/);
    }
  });
});

describe('the first screen of an opening', () => {
  it('says what is broken for whom since when, why, what to do first and how to take it', () => {
    const affected = [
      { service: 'Portal', name: 'Portal', from: start, to: null },
      { service: 'Kalender', name: 'Kalender', from: start, to: null },
    ];
    const screen = firstScreen({ language: 'de', incidents: [incident({ affected })], notification: { to: 'boss' } });

    expect(screen).toContain('Website: nichts nimmt Verbindungen an (Port geschlossen)');
    expect(screen).toContain('Website funktioniert seit heute 14:05 nicht.');
    expect(screen).toContain('Betroffen: Website, dazu Portal und Kalender, trifft das Büro hart');
    expect(screen).toContain('Wahrscheinliche Ursache: Nichts nimmt Verbindungen an');
    expect(screen).toContain('Zuerst: Das Programm auf dem Rechner neu starten');
    expect(screen).toContain('Wer sich kümmert, sagt kurz anna (anna@kanzlei.example) Bescheid');
    expect(screen).toContain('incidentd ack INC-2026-0042 --by boss');
    expect(screen).toContain('Übernimmt niemand, geht es heute 14:20 weiter an boss.');
  });

  it('tells the admin nothing about turning to the admin', () => {
    expect(firstScreen()).not.toContain('anna@kanzlei.example');
    expect(firstScreen()).toContain('incidentd ack INC-2026-0042 --by anna');
  });

  it('names those who know already and those who are being told', () => {
    const told = [
      notification({ key: 'b', to: 'boss', state: 'sent', sentAt: start + 2 * minuteMs }),
      notification({ key: 'f', to: 'firm', state: 'queued' }),
      notification({ key: 'x', to: 'carla', state: 'failed' }),
    ];

    expect(text({ told })).toContain('Who knows: boss (since 14:07); told at the same time: firm');
    expect(text()).toContain('Who knows: Nobody else so far.');
    expect(text({ told: [...told, notification({ to: 'boss', key: 'raised', state: 'queued' })] })).toContain(
      'Who knows: boss (since 14:07); told at the same time: firm\n',
    );
  });

  it('carries the runbook and what the check saw further down', () => {
    expect(text()).toContain('    1. Look at the status page\n    2. systemctl status nginx');
    expect(text()).toContain('- 10.0.0.5:443 refuses connections');
  });

  it('quotes a name for the shell where it must be', () => {
    expect(text({ contact: { id: "o'neil & co" } })).toContain(`--by 'o'\\''neil & co'`);
  });
});

describe('what happens next', () => {
  const escalation = incident().escalation;
  const late = { ...escalation, level: 3, told: [1, 2, 3].map(() => ({ at: start, reminders: 0 })) };

  it.each([
    ['the next level with its time', incident(), 'goes on to boss today 14:20'],
    ['a reminder where there is no further level', incident({ escalation: late }), 'a reminder today 15:05'],
    ['that somebody is on it', incident({ acknowledged }), 'Nobody is reminded before today 16:05, as anna is on it'],
    ['that maintenance holds it', incident({ pausedAt: start }), 'Maintenance is going on'],
    ['that a claim is being checked', incident({ resolveClaim: { by: 'anna', until: start + hourMs } }), 'is being checked'],
    ['that it is confirmed afresh', incident({ verifyUntil: start + hourMs }), 'confirmed afresh'],
    ['that nothing more comes about what is not urgent', incident({ priority: 'P5' }), 'Nothing more is sent about this'],
    ['the all-clear while it recovers', incident({ status: 'recovering', recoveredAt: start }), 'all-clear follows'],
  ])('is %s', (_, told, sentence) => {
    expect(text({ incidents: [told] })).toContain(sentence);
  });

  it('is nothing once it is over, and nobody is asked to take it', () => {
    const screen = text({ incidents: [resolved()] });

    expect(screen).toContain('By now it is working again (since today 15:35).');
    expect(screen).not.toMatch(/I take it|Do first|What happens next/);
  });
});

describe('a recovery', () => {
  const timeline = [
    { at: start + minuteMs, type: 'opened', facts: { priority: 'P1', code: 'port-closed' } },
    { at: start + 5 * minuteMs, type: 'acknowledged', by: 'anna', facts: { until: start + 2 * hourMs } },
    { at: start + 9 * minuteMs, type: 'noted', by: 'boss', text: 'nginx restarted' },
    ...Array.from({ length: 60 }, (_, index) => ({ at: start + index * minuteMs, type: 'relapsed' }) as const),
    { at: start + 92 * minuteMs, type: 'resolved' },
  ] as const;
  const report = text({
    notification: { kind: 'recovered', facts: { remaining: ['tls www.kanzlei.example'] } },
    incidents: [
      resolved({ timeline, costPerHour: 120, resolution: { by: 'anna', at: start, cause: 'Disk full', fix: 'Made room' } }),
    ],
    told: [
      notification({ key: 'a', state: 'sent', sentAt: start + minuteMs }),
      notification({ key: 'f', to: 'firm', state: 'failed', response: '550 no such user' }),
    ],
  });

  it.each([
    ['when', 'Began: today 14:05\nWorking again: today 15:35'],
    ['how long', 'It was down for 1 hour 30 minutes'],
    ['the cause', 'Cause: Disk full'],
    ['the fix', 'What helped: Made room'],
    ['what it cost', 'Cost: about 180 (120 an hour)'],
    ['who acted', 'Who acted: anna and boss'],
    ['who was told and when', 'Who was told: anna (14:06)'],
    ['who was not reached', 'Not reached: firm: “550 no such user”'],
    ['what was done', '- 14:14 Note by boss: “nginx restarted”'],
    ['what is not yet right', '- tls www.kanzlei.example\n- This goes on as a warning of its own.'],
  ])('tells %s', (_, part) => {
    expect(report).toContain(part);
  });

  it('names as acting nobody who only reported it', () => {
    const reported = [...timeline, { at: start, type: 'joined', by: 'Carla', text: 'x' } as const];
    const told = text({ notification: { kind: 'recovered' }, incidents: [resolved({ timeline: reported })] });

    expect(told).toContain('Who acted: anna and boss\n');
  });

  it.each([
    ['met', { respondWithinMs: 15 * minuteMs, resolveWithinMs: 4 * hourMs }, timeline],
    ['missed', { respondWithinMs: minuteMs, resolveWithinMs: hourMs }, timeline],
    ['nobody took it', { respondWithinMs: 15 * minuteMs }, []],
  ])('compares with the targets of its priority: %s', (words, target, steps) => {
    const targets = rules({ priorities: { P1: { startLevel: 1, ...target } } });
    const told = text({ notification: { kind: 'recovered' }, rules: targets, incidents: [resolved({ timeline: steps })] });

    expect(told.split('\n').filter((line) => /^(Response|Resolution): /.test(line))).toEqual(
      Object.keys(target).map(() => expect.stringContaining(words)),
    );
  });

  it('compares with no target where there is none', () => {
    expect(report).not.toMatch(/target|Response/);
  });

  it('tells a thing that happened over and over once', () => {
    expect(report.match(/Failed again before/g)).toHaveLength(1);
  });

  it('of what was only impaired claims no downtime and no cost', () => {
    const incidents = [resolved({ kind: 'warning', severity: 'minor', downtimeMs: 0, costPerHour: 120 })];
    const told = text({ notification: { kind: 'recovered' }, incidents });

    expect(told).toContain('Everything is fine again with Website.');
    expect(told).toContain('Downtime: None');
    expect(told).not.toContain('Cost');
  });

  it('of a report is thanks to nobody but the end of it', () => {
    expect(text({ notification: { kind: 'recovered' }, incidents: [reportOf('x', { status: 'resolved' })] })).toContain(
      'dealt with',
    );
    expect(
      text({ notification: { kind: 'recovered', reason: 'no-answer' }, incidents: [reportOf('x', { status: 'resolved' })] }),
    ).toContain('nobody has answered it');
  });
});

describe('a contact outside of the house', () => {
  const contact = { outside: true };
  const secret = 'Herr Meier kommt nicht an seine Akte';

  it.each(notificationKinds)('reads no words of a report or a note in a mail of kind %s', (kind) => {
    const timeline = [
      { at: start, type: 'reported', by: 'Carla', text: secret },
      { at: start, type: 'noted', by: 'boss', text: secret },
    ] as const;
    const resolution = { by: 'boss', at: start, cause: secret, fix: secret };
    const told = reportOf(secret, { timeline, resolution, status: kind === 'recovered' ? 'resolved' : 'open' });
    const {
      subject,
      text: body,
      html,
    } = renderMail(message({ contact, incidents: [told, told], notification: { kind, facts: { text: secret } } }));

    expect(subject + body + html).not.toContain(secret);
    expect(body).not.toContain('Carla');
  });

  it('reads service, cause, number and whom to turn to, but no runbook and no commands', () => {
    const told = text({ contact, notification: { to: 'firm' } });

    expect(told).toContain('Website');
    expect(told).toContain('Nothing accepts connections (port closed).');
    expect(told).toContain('INC-2026-0042');
    expect(told).toContain('please tell anna (anna@kanzlei.example)');
    expect(told).not.toMatch(/incidentd ack|systemctl|Who knows/);
  });
});

describe('the kinds that tell of a change', () => {
  const by = { by: 'anna', until: start + 2 * hourMs };

  it.each<[string, MessageParts, string]>([
    [
      'taken',
      { notification: { kind: 'taken', facts: by }, incidents: [incident({ acknowledged })] },
      'anna is taking care of it, until today 16:05',
    ],
    ['taken for another', { notification: { kind: 'taken', facts: { ...by, assignedBy: 'boss' } } }, 'boss has asked for that'],
    ['released', { notification: { kind: 'released', facts: by } }, 'anna has given this back'],
    ['assigned', { notification: { kind: 'assigned', to: 'boss', facts: by } }, 'incidentd release INC-2026-0042 --by boss'],
    [
      'asked for more time',
      { notification: { kind: 'acknowledgement-ending', facts: by } },
      'incidentd ack INC-2026-0042 --for 2h --by anna',
    ],
    [
      'out of time',
      { notification: { kind: 'acknowledgement-ended', facts: by } },
      'The time that anna had taken for this is over',
    ],
    ['raised', { notification: { kind: 'raised', facts: { from: 'P3' } } }, 'from P3 to P1'],
    [
      'escalated',
      { notification: { kind: 'escalated', facts: { level: 3, skipped: ['1', '2'] } } },
      'level 3 of the escalation. This mail stands for level 1 and 2 as well',
    ],
    ['reminded', { notification: { kind: 'reminder', facts: { reminder: 4 } } }, 'Reminder 4: nobody has taken this yet'],
    [
      'still failing',
      { notification: { kind: 'still-failing', facts: by } },
      'anna said that it is fixed, but the check still fails',
    ],
    ['merged', { notification: { kind: 'merged', facts: { into: 'INC-2026-0041' } } }, 'goes on there: INC-2026-0041'],
    ['gone from the configuration', { notification: { kind: 'no-longer-watched' } }, 'taken out of the configuration'],
    ['exhausted', { notification: { kind: 'escalation-exhausted' } }, 'nobody has taken this'],
    [
      'asked for its cause',
      { notification: { kind: 'cause-missing' }, incidents: [resolved()] },
      "--cause 'what it was' --fix 'what helped' --by anna",
    ],
    [
      'reported by the reader',
      { notification: { kind: 'reported' }, incidents: [reportOf('x', { reporters: ['anna'] })] },
      'Its number is INC-2026-0042',
    ],
    [
      'reported by another',
      { notification: { kind: 'reported' }, incidents: [reportOf('no paper')] },
      'Carla reported a problem with Website (today 14:05).\n\n“no paper”',
    ],
    [
      'known already',
      { notification: { kind: 'report-joined' }, incidents: [incident({ acknowledged })] },
      'known since today 14:05. anna is on it.',
    ],
    [
      'unanswered',
      { notification: { kind: 'report-unanswered' }, incidents: [reportOf('x')] },
      "incidentd note INC-2026-0042 'how it stands'",
    ],
    [
      'without a disk',
      { notification: { kind: 'self-trouble', facts: { what: 'record-not-writable', detail: 'ENOSPC' } }, incidents: [] },
      'cannot be written to the disk',
    ],
  ])('%s', (_, parts, sentence) => {
    expect(text(parts)).toContain(sentence);
  });

  it('reopened counts from when it failed again', () => {
    const timeline = [{ at: start + hourMs, type: 'reopened', facts: { episode: 2 } }] as const;
    const again = incident({ episode: 2, downSince: null, timeline });

    expect(text({ incidents: [again], notification: { kind: 'reopened' }, now: start + hourMs })).toContain('since today 15:05');
    const since = start + hourMs - 2 * minuteMs;
    const known = incident({
      ...again,
      downSince: start + 3 * hourMs,
      timeline: [{ ...timeline[0], facts: { episode: 2, since } }],
    });
    expect(text({ incidents: [known], now: start + 4 * hourMs })).toContain('since today 15:03');
  });

  it('flapping and recurring are said', () => {
    const told = text({ incidents: [incident({ flapping: true, recurring: true })] });

    expect(told).toContain('Website comes and goes: since today 14:05 it keeps failing');
    expect(told).toContain('several times within 24 hours');
  });
});

describe('a mail of several incidents', () => {
  const incidents = [
    resolved({ id: 'INC-2026-0001', serviceName: 'Router' }),
    incident({ id: 'INC-2026-0002', serviceName: 'Printer', priority: 'P3' }),
    incident({ id: 'INC-2026-0003', serviceName: 'Mail' }),
  ];

  it('tells the urgent ones first and those that are over last, with a command for each open one', () => {
    const told = text({ incidents, notification: { kind: 'group' } });
    const order = ['INC-2026-0003 ·', 'INC-2026-0002 ·', 'INC-2026-0001 ·'].map((id) => told.indexOf(id));

    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(told).toContain('incidentd ack INC-2026-0003 --by anna\n    incidentd ack INC-2026-0002 --by anna');
    expect(told).not.toContain('ack INC-2026-0001');
  });

  it('stays readable however many there are', () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      incident({ id: `INC-2026-${1000 + index}`, serviceName: `S${index}` }),
    );
    const mail = renderMail(message({ incidents: many, notification: { kind: 'group' } }));

    expect(mail.subject.length).toBeLessThan(200);
    expect(mail.text).toContain('and 475 more incidents');
    expect(mail.html.length).toBeLessThan(60_000);
  });
});

describe('the HTML', () => {
  const { html } = renderMail(message({ language: 'de' }));

  it('is light and dark, in the reader’s language, and a phone does not shrink it', () => {
    expect(html).toContain('<html lang="de">');
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).toContain('name="viewport"');
  });

  it('holds style sheet and text as they were written', () => {
    expect(html).toContain(`'Segoe UI'`);
    expect(html).toContain('<b class="label">Zuerst</b>');
  });
});
