import { describe, expect, it } from 'vitest';
import { email } from '../../src/channels/email.ts';
import { messageId } from '../../src/channels/mail/message-id.ts';
import type { Incident } from '../../src/core/incident.ts';
import type { Notification } from '../../src/core/notification.ts';
import { incident, type MessageParts, message, notification, reportOf, resolved, rules, start } from '../texts/sample.ts';
import { addressesOf, calm, inbox, type Received, serverAt, settings } from './office.ts';

const address = 'anna@kanzlei.example';
const from = 'monitoring@kanzlei.example';

/** Sends one message through a real server and gives back what arrived. */
async function received(parts: MessageParts = {}, sender: { readonly name?: string } = {}): Promise<Received> {
  await using office = await inbox();
  const told = settings([serverAt(office.port)], { from: { address: from, ...sender } });
  const outcome = await email.deliver(message(parts), { address }, { ...calm, mail: told });
  expect(outcome.state).toBe('sent');
  expect(office.received).toHaveLength(1);
  return office.received[0]!;
}

function headerLines(raw: string): readonly string[] {
  return raw
    .slice(0, raw.indexOf('\r\n\r\n'))
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
}

describe('a mail', () => {
  it('goes to one recipient, from the site', async () => {
    const { mail, to, from: sender } = await received();

    expect(to).toEqual([address]);
    expect(sender).toBe(from);
    expect(addressesOf(mail.to)).toEqual([address]);
    expect(mail.from?.value).toEqual([{ name: 'Kanzlei Sommer', address: from }]);
    expect(mail.cc).toBeUndefined();
  });

  it('carries the sender’s name that the admin wrote', async () => {
    const { mail } = await received({}, { name: 'Störungsmeldung, Büro' });

    expect(mail.from?.value).toEqual([{ name: 'Störungsmeldung, Büro', address: from }]);
  });

  it('says that a machine has sent it, so that nothing answers by itself', async () => {
    const { mail } = await received();

    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.headers.get('x-auto-response-suppress')).toBe('All');
    expect(mail.headerLines.find(({ key }) => key === 'list-id')?.line).toContain('<incidents.kanzlei.example>');
    expect(mail.date?.getTime()).toBe(Math.floor(message().now / 1000) * 1000);
  });

  it('holds the same as text and as HTML', async () => {
    const { mail } = await received({ language: 'de' });

    for (const body of [mail.text ?? '', String(mail.html).replace(/<[^>]+>/g, '')]) {
      expect(body).toContain('Website funktioniert seit heute 14:05 nicht.');
      expect(body).toContain('nichts nimmt Verbindungen an (Port geschlossen)');
      expect(body).toContain('incidentd ack INC-2026-0042 --by anna');
    }
  });

  it('loads nothing from elsewhere', async () => {
    const { mail } = await received();

    expect(mail.attachments).toEqual([]);
    expect(String(mail.html)).not.toMatch(/https?:|<img|<script|<link/i);
  });
});

describe('the thread', () => {
  const opened = notification();
  const key = (entry: Notification) => messageId(entry, from);

  it('begins with the first mail of an incident', async () => {
    const { mail } = await received();

    expect(mail.messageId).toBe(key(opened));
    expect(mail.inReplyTo).toBeUndefined();
    expect(mail.references).toBeUndefined();
  });

  it('hangs every later mail under the first', async () => {
    const reminder = notification({ key: 'INC-2026-0042/e1/reminder-1/r1/anna/email', kind: 'reminder' });
    const later = { key: 'INC-2026-0042/e1/recovered/r0/anna/email', kind: 'recovered' } as const;

    const { mail } = await received({ incidents: [resolved()], notification: later, thread: [opened, reminder] });

    expect(mail.inReplyTo).toBe(key(opened));
    expect([mail.references].flat()).toEqual([key(opened)]);
  });

  it('of a collected opening begins with the mail that told it', async () => {
    const group = notification({ key: 'group/x', kind: 'group', incidents: ['INC-2026-0042', 'INC-2026-0043'] });
    const folded = notification({ state: 'folded', foldedInto: group.key });
    const later = { key: 'INC-2026-0042/e1/taken-1/r0/anna/email', kind: 'taken' } as const;

    const { mail } = await received({ notification: later, thread: [folded, group] });

    expect(mail.inReplyTo).toBe(key(group));
  });

  it('is begun by the group mail itself, not continued', async () => {
    const folded = notification({ state: 'folded', foldedInto: 'group/x' });
    const two = [incident(), incident({ id: 'INC-2026-0043' })];

    const { mail } = await received({ incidents: two, notification: { key: 'group/x', kind: 'group' }, thread: [folded] });

    expect(mail.inReplyTo).toBeUndefined();
  });

  it('is the same mail again when it is sent again', async () => {
    const [first, second] = [await received(), await received({ notification: { attempts: 2, doubtful: 1 } })];

    expect(second.mail.messageId).toBe(first.mail.messageId);
  });
});

describe('what comes from outside', () => {
  const hostile = 'Evil\r\nBcc: victim@example.org\r\n\r\n<script>alert(1)</script>\u0000\u001b[31m\u202e';

  it.each<[string, MessageParts]>([
    ['a service’s name', { incidents: [incident({ serviceName: hostile })] }],
    ['a report', { incidents: [reportOf(hostile, { serviceName: '', reporters: [hostile] })] }],
    ['evidence', { incidents: [incident({ cause: { code: 'timeout', evidence: [hostile, `x`.repeat(100_000)] } })] }],
    ['the site’s name', { rules: { ...rules(), site: hostile } }],
    [
      'names of services in a group',
      { incidents: [incident({ serviceName: hostile }), incident({ serviceName: hostile })], notification: { kind: 'group' } },
    ],
    ['removed services', { incidents: [], notification: { kind: 'services-removed', facts: { services: [hostile] } } }],
    [
      'mistakes in the configuration',
      { incidents: [], notification: { kind: 'configuration-rejected', facts: { problems: [hostile] } } },
    ],
    [
      'a refused recipient',
      { incidents: [], notification: { kind: 'recipient-refused', facts: { contact: hostile, response: hostile } } },
    ],
    ['an answer of the mail server', { notification: { response: hostile, attempts: 3, at: start - 3_600_000 * 5 }, now: start }],
    ['a person’s words in the record', { incidents: [hostileRecord(hostile)], notification: { kind: 'recovered' } }],
  ])('adds nothing to the headers and no markup: %s', async (_, parts) => {
    const { raw, mail, to } = await received(parts);

    const names = headerLines(raw).map((line) => line.split(':')[0]?.toLowerCase());
    expect(to).toEqual([address]);
    expect(names).not.toContain('bcc');
    expect(names.filter((name) => !known.has(name ?? ''))).toEqual([]);
    expect(mail.subject ?? '').not.toMatch(/[\p{Cc}\u202e]/u);
    expect(String(mail.html)).not.toContain('<script>alert');
    for (const mark of ['\u0000', '\u001b', '\u202e']) expect(`${mail.text}${mail.html}`).not.toContain(mark);
    expect(raw.length).toBeLessThan(60_000);
  });
});

const known = new Set([
  'from',
  'to',
  'subject',
  'message-id',
  'in-reply-to',
  'references',
  'date',
  'mime-version',
  'content-type',
  'auto-submitted',
  'x-auto-response-suppress',
  'list-id',
  // What the receiving server adds.
  'received',
  'return-path',
]);

function hostileRecord(text: string): Incident {
  return resolved({
    resolution: { by: text, at: 0, cause: text, fix: text },
    timeline: [
      { at: start, type: 'opened', text, facts: { priority: text } },
      { at: start, type: 'noted', by: text, text },
      { at: start, type: 'notification-failed', text, facts: { to: text } },
      { at: start, type: 'maintenance-started', facts: { until: start, reason: text } },
    ],
    affected: [{ service: text, name: text, from: start, to: start + 1 }],
  });
}
