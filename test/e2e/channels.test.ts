import { createHmac } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { IncidentJson } from '../../src/texts/incident-json.ts';
import { configuration, ownerOnly, websiteAt } from '../support/configuration.ts';
import { type Called, openHook, status } from '../support/hook.ts';
import { openMailSink } from '../support/mail-sink.ts';
import { type Office, openOffice } from '../support/office.ts';
import { story, until } from '../support/until.ts';
import { openWebsite } from '../support/website.ts';

interface Event {
  readonly event: string;
  readonly reason: string;
  readonly subject: string;
  readonly text: string;
  readonly incident: IncidentJson | null;
}

function eventIn({ body }: Pick<Called, 'body'>): Event {
  return JSON.parse(body);
}

function isOf(event: string): (body: string) => boolean {
  return (body) => eventIn({ body }).event === event;
}

/** A program of the office that keeps each message that it is given in a file. */
function addProgram(place: Office): string {
  const program = join(dirname(place.config), 'send-sms');
  place.write('send-sms', `#!/bin/sh\ncat >> "${program}.$INCIDENTD_EVENT"\necho "sent to $1"\n`);
  chmodSync(program, 0o755);
  return program;
}

test('a webhook and a program hear of an outage and of its end as a mail does, signed and in German', story, async () => {
  await using website = await openWebsite();
  await using sink = await openMailSink();
  await using hook = await openHook();
  await using place = openOffice(configuration({ mail: [sink.port], services: websiteAt(website.url), escalation: ownerOnly }), {
    env: { HOOK_SECRET: 'canary-key' },
  });
  const program = addProgram(place);
  const contacts = `anna:
  email: anna@kanzlei.example
  language: de
  webhook: { url: "${hook.origin}/canary-path", secret: !env HOOK_SECRET }
  command: { run: [${program}, "+491700000000"], only: [P1], events: [opened] }`;
  place.write(
    'incidentd.yaml',
    configuration({ mail: [sink.port], contacts, services: websiteAt(website.url), escalation: ownerOnly }),
  );
  const daemon = await place.run();

  await website.stop();
  const letter = await sink.letter('of the outage', ({ subject }) => subject.startsWith('[P1]'));
  const opened = await hook.call('of the outage', isOf('opened'));
  await until(
    'the program to have been told',
    () => existsSync(`${program}.opened`) && readFileSync(`${program}.opened`, 'utf8') !== '',
  );
  await website.start();
  const recovered = await hook.call('of the recovery', isOf('recovered'));
  const incident = await place.incident(
    'told of its end',
    ({ notifications }) => notifications.filter(({ kind, state }) => kind === 'recovered' && state === 'sent').length === 2,
  );
  const shown = [await place.cli('show', '1'), await place.cli('status', '--json'), await place.cli('validate')];
  await daemon.end('SIGTERM');

  const { event, reason, subject, text, incident: told } = eventIn(opened);
  expect([event, reason, subject]).toEqual(['opened', 'level-1', letter.subject]);
  expect(text.replace(/\s+/g, ' ').trim()).toBe(
    letter.text
      .replace(/\s+/g, ' ')
      .replace(/(eine|diese) Mail\b/g, '$1 Nachricht')
      .trim(),
  );
  expect(text).toContain('Website funktioniert seit');
  expect(told).toMatchObject({ id: incident.id, status: 'open', priority: 'P1', services: ['Website'] });
  const key = createHmac('sha256', 'canary-key').update(opened.body).digest('hex');
  expect(opened.headers['x-incidentd-signature']).toBe(`sha256=${key}`);
  expect(eventIn(recovered).incident).toMatchObject({ id: incident.id, status: 'resolved' });
  expect(eventIn({ body: readFileSync(`${program}.opened`, 'utf8') })).toMatchObject({ event: 'opened', subject });
  expect(existsSync(`${program}.recovered`)).toBe(false);
  expect(incident.notifications.map(({ kind, channel, state }) => `${kind} ${channel} ${state}`).toSorted()).toEqual([
    'opened command sent',
    'opened email sent',
    'opened webhook sent',
    'recovered email sent',
    'recovered webhook sent',
  ]);
  for (const { out, err } of shown) expect(`${out}${err}`).not.toMatch(/canary/);
  expect(`${daemon.out()}${daemon.err()}`).not.toMatch(/canary/);
  expect(contentsOf(place).join('')).not.toMatch(/canary/);
});

/** Every file of the state folder. */
function contentsOf({ state }: Office): readonly string[] {
  return readdirSync(state, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}

test('a webhook that refuses for good is shown, the next person is told at once, and the admin', story, async () => {
  await using website = await openWebsite();
  await using sink = await openMailSink();
  await using hook = await openHook(status(410, 'this hook is gone'));
  await using place = openOffice(
    configuration({
      mail: [sink.port],
      contacts: `anna: anna@kanzlei.example\nboss: chef@kanzlei.example\nfirm: { webhook: "${hook.origin}/x" }`,
      escalation: '- notify: owner\n- notify: boss\n  after: 1h',
      services: `- { name: Website, impact: high, owner: firm, check: "${website.url}" }`,
    }),
  );
  await place.run();

  await website.stop();
  const toBoss = await sink.letter('to the next level', ({ recipients }) => recipients.includes('chef@kanzlei.example'));
  const toAdmin = await sink.letter('to the admin', ({ recipients }) => recipients.includes('anna@kanzlei.example'));
  const shown = await place.cli('show', '1');
  const { out } = await place.cli('status');

  expect(out).toMatch(/^Not told by webhook since today .*: firm;/m);
  expect(toAdmin.text).toContain('Tried again: With the first message after a change of the configuration');
  expect(toBoss.subject).toMatch(/^\[P1\] Website: /);
  expect(toAdmin.subject).toContain('Messages to firm (webhook) are refused');
  expect(toAdmin.text).toContain('HTTP 410 Gone: this hook is gone');
  expect(shown.out).toMatch(/firm.*not delivered/);
  expect(hook.calls).toHaveLength(1);
});

test('a webhook that is busy gets the message when it no longer is, once more with the same id', story, async () => {
  await using website = await openWebsite();
  await using hook = await openHook(
    (response, call) => void response.writeHead(hook.calls.indexOf(call) === 0 ? 503 : 200).end(),
  );
  await using place = openOffice(
    configuration({ contacts: `firm: { webhook: "${hook.origin}/x" }`, escalation: ownerOnly, services: websiteAt(website.url) }),
  );
  await place.run();

  await website.stop();
  await place.incident('told', ({ notifications }) => notifications[0]?.state === 'sent');

  expect(hook.calls.map((call) => eventIn(call).event)).toEqual(['opened', 'opened']);
  expect(new Set(hook.calls.map(({ headers }) => headers['x-incidentd-id'])).size).toBe(1);
});
