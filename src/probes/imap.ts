import { defineProbe, type Probe } from './contract.ts';
import type { Dialogue, Said } from './support/dialogue/dialogue.ts';
import {
  loginRefused,
  notSpoken,
  noWayToLogIn,
  type Trouble,
  tlsRefused,
  trouble,
  turnedAway,
} from './support/dialogue/trouble.ts';
import type { MailOptions } from './support/mail/mail-options.ts';
import { mailServer } from './support/mail/mail-server.ts';
import {
  type Credentials,
  type Greeting,
  type Hello,
  type MailSpeech,
  plainResponse,
  quoted,
} from './support/mail/mail-speech.ts';

/** One command waits at a time, so one tag will do (RFC 9051 2.2.1). */
const tag = 'a';

/** IMAP as a client speaks it that opens nothing (RFC 9051, 3501). */
const speech: MailSpeech = { greeting, hello, tlsAbility: 'STARTTLS', startTls, login, farewell: `${tag} LOGOUT` };

/** Watches a server that people read their mail on. */
export const imap: Probe<MailOptions> = defineProbe<MailOptions>({
  kind: 'imap',
  summary: 'Greets a server that people read mail on (IMAP), encrypts, logs in where wanted, and leaves without opening a folder',
  ...mailServer({ kind: 'imap', plain: 143, implicit: 993 }, speech),
  example: `- imaps://mail.example.com
- imap: mail.example.com
  tls: starttls
  auth: { user: monitoring@example.com, password: !file imap.password }`,
});

/** How a command ended (RFC 9051 7.1), or `+`: the server wants to hear the rest of it. */
interface Answer extends Said {
  readonly status: 'OK' | 'NO' | 'BAD' | '+';
  /** What was said besides, without the `*`. */
  readonly untagged: readonly string[];
}

async function hearAnswer(dialogue: Dialogue, awaited: string): Promise<Answer | Trouble> {
  const untagged: string[] = [];
  for (;;) {
    const line = await dialogue.hear(awaited);
    if (!line.ok) return line;
    const [, from, text = ''] = /^(\*|\+|[^\s*+]+)(?: (.*))?$/s.exec(line.text) ?? [];
    if (from === '*' && /^BYE\b/i.test(text)) return turnedAway(dialogue, text);
    const status = from === '+' ? from : statusOf(text);
    if (from === '*') untagged.push(text);
    else
      return (from === '+' || from === tag) && status
        ? { ok: true, status, text, untagged }
        : notSpoken('IMAP', dialogue, line.text);
  }
}

function statusOf(text: string): 'OK' | 'NO' | 'BAD' | null {
  const status = /^(OK|NO|BAD)\b/i.exec(text)?.[1]?.toUpperCase();
  return status === 'OK' || status === 'NO' || status === 'BAD' ? status : null;
}

function ask(dialogue: Dialogue, command: string, shown = command): Promise<Answer | Trouble> {
  dialogue.say(`${tag} ${command}`, `${tag} ${shown}`);
  return hearAnswer(dialogue, `its answer to ${shown.split(' ', 1).join()}`);
}

async function greeting(dialogue: Dialogue): Promise<Greeting | Trouble> {
  const line = await dialogue.hear('its greeting');
  if (!line.ok) return line;
  const status = /^\* (OK|PREAUTH|BYE)\b/i.exec(line.text)?.[1]?.toUpperCase();
  if (status === undefined) return notSpoken('IMAP', dialogue, line.text);
  if (status === 'BYE') return turnedAway(dialogue, line.text);
  return { ok: true, text: line.text.replace(/\[CAPABILITY [^\]]*\] ?/i, ''), isLoggedIn: status === 'PREAUTH' };
}

async function hello(dialogue: Dialogue): Promise<Hello | Trouble> {
  const answer = await ask(dialogue, 'CAPABILITY');
  if (!answer.ok) return answer;
  if (answer.status !== 'OK') return notSpoken('IMAP', dialogue, answer.text);
  const listed = answer.untagged.filter((text) => /^CAPABILITY /i.test(text)).join(' ');
  return { ok: true, abilities: listed.toUpperCase().split(/\s+/) };
}

async function startTls(dialogue: Dialogue): Promise<Said | Trouble> {
  const answer = await ask(dialogue, 'STARTTLS');
  return !answer.ok || answer.status === 'OK' ? answer : tlsRefused(dialogue, answer.text);
}

async function login(dialogue: Dialogue, abilities: readonly string[], credentials: Credentials): Promise<Said | Trouble> {
  const mechanisms = abilities.flatMap((ability) => (ability.startsWith('AUTH=') ? [ability.slice('AUTH='.length)] : []));
  const isPlain = mechanisms.includes('PLAIN');
  if (!isPlain && abilities.includes('LOGINDISABLED')) return noWayToLogIn(dialogue, mechanisms);
  const [command = '', ...rest] = isPlain ? ['AUTHENTICATE PLAIN', plainResponse(credentials)] : loginCommand(credentials);
  const answer = await sayAll(dialogue, command, rest);
  if (!answer.ok || answer.status === 'OK') return answer;
  if (answer.status === 'NO') return loginRefused(dialogue, answer.text, isForNow(answer.text));
  return trouble('protocol-error', `${dialogue.where} does not understand the login: ${dialogue.transcript.quote(answer.text)}`);
}

/** Says a command and, each time when the server asks for more, the next piece of it. */
async function sayAll(dialogue: Dialogue, command: string, rest: readonly string[]): Promise<Answer | Trouble> {
  let answer = await ask(dialogue, command, command.replace(/^LOGIN .*$/, 'LOGIN ***'));
  for (const piece of rest) {
    if (!answer.ok || answer.status !== '+') break;
    dialogue.say(piece, '***');
    answer = await hearAnswer(dialogue, 'its answer to the login');
  }
  return answer;
}

/** LOGIN in pieces: what cannot be a quoted string is a literal, which is announced and then asked for (RFC 9051 4.3). */
function loginCommand({ user, password }: Credentials): readonly string[] {
  const pieces = ['LOGIN'];
  for (const argument of [user, password]) {
    const last = pieces.pop() ?? '';
    if (/^[\x20-\x7e]*$/.test(argument)) pieces.push(`${last} ${quoted(argument)}`);
    else pieces.push(`${last} {${Buffer.byteLength(argument)}}`, argument);
  }
  return pieces;
}

/** The server's own trouble, by the codes of RFC 5530 and RFC 9051 7.1. */
function isForNow(text: string): boolean {
  return /^NO \[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]/i.test(text);
}
