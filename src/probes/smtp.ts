import { isIPv6 } from 'node:net';
import { hostname } from 'node:os';
import { defineProbe, type Probe } from './contract.ts';
import type { Dialogue, Said } from './support/dialogue/dialogue.ts';
import { hearReply, type Reply } from './support/dialogue/reply.ts';
import { loginRefused, noWayToLogIn, type Trouble, tlsRefused, trouble, turnedAway } from './support/dialogue/trouble.ts';
import type { MailOptions } from './support/mail/mail-options.ts';
import { mailServer } from './support/mail/mail-server.ts';
import { type Credentials, type Hello, type MailSpeech, plainResponse } from './support/mail/mail-speech.ts';

/** SMTP as a client speaks it that sends nothing (RFC 5321, 3207, 4954). */
const speech: MailSpeech = { greeting, hello, tlsAbility: 'STARTTLS', startTls, login, farewell: 'QUIT' };

/** Watches a server that takes mail, without sending any. */
export const smtp: Probe<MailOptions> = defineProbe<MailOptions>({
  kind: 'smtp',
  summary: 'Greets a server that takes mail (SMTP), encrypts, logs in where wanted, and leaves without sending any',
  ...mailServer({ kind: 'smtp', plain: 25, implicit: 465 }, speech),
  example: `- smtp: mail.example.com
- smtp: mail.example.com:587
  tls: starttls
  auth: { user: monitoring@example.com, password: !file smtp.password }
- smtps://mail.example.com`,
});

function ask(dialogue: Dialogue, command: string): Promise<Reply | Trouble> {
  dialogue.say(command);
  return hearReply('SMTP', dialogue, `its answer to ${command.split(' ', 1).join()}`);
}

async function greeting(dialogue: Dialogue): Promise<Said | Trouble> {
  const reply = await hearReply('SMTP', dialogue, 'its greeting');
  return !reply.ok || reply.code === 220 ? reply : turnedAway(dialogue, reply.text);
}

/** A server that does not know EHLO is older than it, and has no extensions. */
async function hello(dialogue: Dialogue): Promise<Hello | Trouble> {
  const name = ownName(dialogue.localAddress);
  const reply = await ask(dialogue, `EHLO ${name}`);
  if (!reply.ok) return reply;
  if (reply.code === 250) return { ok: true, abilities: reply.lines.slice(1).map((line) => line.trim().toUpperCase()) };
  const older = reply.code === 500 || reply.code === 502 ? await ask(dialogue, `HELO ${name}`) : reply;
  if (!older.ok) return older;
  return older.code === 250 ? { ok: true, abilities: [] } : turnedAway(dialogue, older.text);
}

async function startTls(dialogue: Dialogue): Promise<Said | Trouble> {
  const reply = await ask(dialogue, 'STARTTLS');
  return !reply.ok || reply.code === 220 ? reply : tlsRefused(dialogue, reply.text);
}

async function login(dialogue: Dialogue, abilities: readonly string[], credentials: Credentials): Promise<Said | Trouble> {
  const offered = abilities.flatMap((ability) => /^AUTH[ =](.*)$/.exec(ability)?.[1]?.split(/\s+/) ?? []);
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  if (offered.includes('PLAIN')) return logIn(dialogue, 'PLAIN', [plainResponse(credentials)]);
  if (offered.includes('LOGIN')) return logIn(dialogue, 'LOGIN', [base64(credentials.user), base64(credentials.password)]);
  return noWayToLogIn(dialogue, offered);
}

/** Each response has a line of its own: beside the command a long password would not fit (RFC 4954 4). */
async function logIn(dialogue: Dialogue, mechanism: string, responses: readonly string[]): Promise<Said | Trouble> {
  let reply = await ask(dialogue, `AUTH ${mechanism}`);
  for (const response of responses) {
    if (!reply.ok || reply.code !== 334) break;
    dialogue.say(response, '***');
    reply = await hearReply('SMTP', dialogue, 'its answer to the login');
  }
  if (!reply.ok || reply.code === 235) return reply;
  // 50z: it did not understand, which says nothing about the password (RFC 5321 4.2.1).
  if (reply.code >= 510 || (reply.code >= 400 && reply.code < 500)) return loginRefused(dialogue, reply.text, reply.code < 500);
  return trouble('protocol-error', `${dialogue.where} does not understand the login: ${dialogue.transcript.quote(reply.text)}`);
}

/** What a client calls itself (RFC 5321 4.1.3, 4.1.4): its full name, or its address where it has none. */
function ownName(address: string): string {
  const name = hostname();
  if (/^[\w-]+(\.[\w-]+)+$/.test(name)) return name;
  return isIPv6(address) ? `[IPv6:${address.replace(/%.*$/, '')}]` : `[${address}]`;
}
