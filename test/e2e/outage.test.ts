import { expect, test } from 'vitest';
import { configuration } from '../support/configuration.ts';
import { addresses, type Letter, openMailSink } from '../support/mail-sink.ts';
import { openOffice } from '../support/office.ts';
import { quiet, story } from '../support/until.ts';
import { failing, openWebsite } from '../support/website.ts';

type Loose = Readonly<Record<string, unknown>>;

const utc = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const incidentFields = [
  ...['id', 'kind', 'title', 'status', 'flapping', 'recurring', 'priority', 'severity', 'impact', 'category', 'source'],
  ...['services', 'affected', 'cause', 'acknowledged', 'escalation', 'startedAt', 'openedAt', 'recoveredAt', 'resolvedAt'],
  ...['closedAt', 'downtimeMs', 'resolution', 'mergedInto', 'mergedFrom', 'timeline', 'notifications'],
  ...['findings', 'known', 'remedies', 'linked'],
];

function office(websiteUrl: string, mailPort: number) {
  return openOffice(
    configuration({
      mail: [mailPort],
      language: 'de',
      contacts: `anna: anna@kanzlei.example
boss: { email: chef@kanzlei.example, language: en }
firm: { email: [support@firm.example, duty@firm.example] }`,
      escalation: '- notify: owner\n- notify: boss\n  after: 2s\n- notify: firm\n  after: 30s',
      services: `- { name: Website, impact: high, check: "${websiteUrl}" }`,
    }),
  );
}

/** Mails to one recipient are one thread with one subject, and come from a machine. */
function expectThread(letters: readonly Letter[]): void {
  const [root, ...later] = letters;
  for (const letter of letters) {
    expect(letter.recipients).toHaveLength(1);
    expect(addresses(letter.parsed.to)).toEqual(letter.recipients);
    expect(letter.headers.get('auto-submitted')).toBe('auto-generated');
    expect(letter.headers.has('cc') || letter.headers.has('bcc')).toBe(false);
    expect(letter.text.length * letter.html.length).toBeGreaterThan(0);
    expect(afterTag(letter)).toBe(afterTag(root));
  }
  for (const letter of later) {
    expect(letter.headers.get('in-reply-to')).toBe(root?.messageId);
    expect(letter.headers.get('references')).toContain(root?.messageId);
  }
  expect(new Set(letters.map(({ messageId }) => messageId)).size).toBe(letters.length);
}

function afterTag(letter: Letter | undefined): string {
  return (letter?.subject ?? '').replace(/^\[[^\]]*\] /, '');
}

test('an outage is told, escalated, taken, recovers, is resolved and closes by itself', story, async () => {
  await using website = await openWebsite();
  await using sink = await openMailSink();
  await using place = office(website.url, sink.port);
  const daemon = await place.run();

  await website.stop();
  await sink.letter('to the second level', ({ recipients }) => recipients.includes('chef@kanzlei.example'));
  const [open] = await place.json<Loose[]>('incidents');
  const status = await place.json<Loose>('status');
  const answer = await place.cli('ack', '1', '--for', '2h', '--by', 'anna');

  expect(Object.keys(open ?? {}).toSorted()).toEqual(incidentFields.toSorted());
  expect(open).toMatchObject({
    ...{ id: expect.stringMatching(/^INC-\d{4}-0001$/), kind: 'outage', status: 'open', source: 'check' },
    ...{ priority: 'P1', severity: 'critical', impact: 'high', category: 'web', flapping: false, recurring: false },
    ...{ services: ['Website'], affected: [], acknowledged: null, resolution: null, mergedInto: null, mergedFrom: [] },
    ...{ startedAt: utc, openedAt: utc, recoveredAt: null, resolvedAt: null, closedAt: null, downtimeMs: expect.any(Number) },
    title: expect.stringMatching(/^Website: /),
    cause: {
      code: 'port-closed',
      text: expect.stringMatching(/./),
      evidence: [expect.stringContaining(`${website.port}`), expect.stringMatching(/^✗ Port .*nimmt keine Verbindungen an/)],
    },
    escalation: { policy: 'default', level: 2, nextAt: utc },
    timeline: expect.arrayContaining([{ at: utc, type: 'opened', text: expect.stringMatching(/./) }]),
    notifications: [
      { at: utc, kind: 'opened', reason: expect.any(String), to: 'anna', channel: 'email', state: 'sent', attempts: 1 },
      { at: utc, kind: 'escalated', reason: expect.any(String), to: 'boss', channel: 'email', state: 'sent', attempts: 1 },
    ],
  });
  expect(status).toMatchObject({
    services: [
      {
        ...{ name: 'Website', status: 'down', since: utc, stale: false },
        checks: [{ kind: 'http', target: website.url, status: 'down', lastAt: utc, message: expect.any(String) }],
      },
    ],
    incidents: [{ id: open?.id }],
    outbox: { pending: 0, oldestAt: null },
  });
  expect(answer).toMatchObject({ status: 0, err: '' });

  await sink.letter('to the boss that anna took it', ({ text }) => text.includes('anna is taking care'));
  await website.start();
  await place.incident('closed', ({ status }) => status === 'closed');
  await sink.letter('to the owner, cause missing', ({ text }) => text.includes('incidentd resolve'));
  const [closed] = await place.json<Loose[]>('incidents', '--all');
  const shown = await place.cli('show', String(closed?.id));

  const [toAnna, toBoss] = [sink.to('anna@kanzlei.example'), sink.to('chef@kanzlei.example')];
  expect(toAnna.map(({ subject }) => subject.slice(0, subject.indexOf(':')))).toEqual([
    '[P1] Website',
    '[P1] Website',
    '[behoben] Website',
    '[behoben] Website',
  ]);
  expect(toBoss.map(({ subject }) => subject.slice(0, subject.indexOf(':')))).toEqual([
    '[P1] Website',
    '[P1] Website',
    '[resolved] Website',
  ]);
  for (const letter of sink.letters) expect(letter.subject).toMatch(/^\[\w+\] Website: .+ \(INC-\d{4}-0001\)$/);
  expectThread(toAnna);
  expectThread(toBoss);
  expect(sink.letters).toHaveLength(toAnna.length + toBoss.length);
  expect(toAnna[0]?.text).toContain('Website funktioniert seit');
  expect(toAnna[0]?.text).toContain('incidentd ack');
  expect(toBoss[2]?.text).toMatch(/was down for \d+ seconds[\s\S]*anna took it/);
  expect(closed).toMatchObject({
    ...{ id: open?.id, status: 'closed', priority: 'P1', startedAt: open?.startedAt, openedAt: open?.openedAt },
    ...{ recoveredAt: utc, resolvedAt: utc, closedAt: utc },
    acknowledged: { by: 'anna', at: utc, until: utc },
    escalation: { policy: 'default', level: 2, nextAt: null },
  });
  const { startedAt, recoveredAt, downtimeMs, timeline } = closed as unknown as {
    [Key in 'startedAt' | 'recoveredAt']: string;
  } & { downtimeMs: number; timeline: readonly { at: string; type: string; by?: string }[] };
  expect(downtimeMs).toBe(Date.parse(recoveredAt) - Date.parse(startedAt));
  expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).toSorted());
  expect(timeline).toContainEqual(expect.objectContaining({ type: 'acknowledged', by: 'anna' }));
  expect(shown.out).toContain(`${open?.id}`);
  expect(shown.out).toMatch(/anna.*email.*opened.*sent/);

  const ended = await daemon.end('SIGTERM');

  expect(ended).toMatchObject({ status: 0, err: '' });
  for (const line of daemon.log()) expect(line).toMatchObject({ time: utc, level: expect.any(String), msg: expect.any(String) });
});

test('one failing look makes no incident and no mail', story, async () => {
  await using website = await openWebsite();
  await using sink = await openMailSink();
  await using place = office(website.url, sink.port);
  await place.run();

  website.answer = failing(website, 1);
  await quiet(4000);

  expect(await place.incidents()).toEqual([]);
  expect(sink.letters).toEqual([]);
  expect(website.visits.length).toBeGreaterThan(3);
});
