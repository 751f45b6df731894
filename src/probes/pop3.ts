import { defineProbe, type Probe } from './contract.ts';
import type { Dialogue, Said } from './support/dialogue/dialogue.ts';
import { loginRefused, notSpoken, type Trouble, tlsRefused, trouble, turnedAway } from './support/dialogue/trouble.ts';
import type { MailOptions } from './support/mail/mail-options.ts';
import { mailServer } from './support/mail/mail-server.ts';
import type { Credentials, Hello, MailSpeech } from './support/mail/mail-speech.ts';

/** POP3 as a client speaks it that fetches nothing (RFC 1939, 2449, 2595). */
const speech: MailSpeech = { greeting, hello, tlsAbility: 'STLS', startTls, login, farewell: 'QUIT' };

/** Watches a server that people fetch their mail from. */
export const pop3: Probe<MailOptions> = defineProbe<MailOptions>({
  kind: 'pop3',
  summary: 'Greets a server that people fetch mail from (POP3), encrypts, logs in where wanted, and leaves without fetching any',
  ...mailServer({ kind: 'pop3', plain: 110, implicit: 995 }, speech),
  example: `- pop3s://mail.example.com
- pop3: mail.example.com
  tls: starttls
  auth: { user: monitoring@example.com, password: !file pop3.password }`,
});

/** The first line of an answer (RFC 1939 3). */
interface Answer extends Said {
  readonly isGood: boolean;
}

async function hearAnswer(dialogue: Dialogue, awaited: string): Promise<Answer | Trouble> {
  const line = await dialogue.hear(awaited);
  if (!line.ok) return line;
  const sign = /^(\+OK|-ERR)(?= |$)/i.exec(line.text)?.[1];
  return sign === undefined ? notSpoken('POP3', dialogue, line.text) : { ...line, isGood: sign.startsWith('+') };
}

function ask(dialogue: Dialogue, command: string, shown = command): Promise<Answer | Trouble> {
  dialogue.say(command, shown);
  return hearAnswer(dialogue, `its answer to ${shown.split(' ', 1).join()}`);
}

async function greeting(dialogue: Dialogue): Promise<Said | Trouble> {
  const answer = await hearAnswer(dialogue, 'its greeting');
  return !answer.ok || answer.isGood ? answer : turnedAway(dialogue, answer.text);
}

/** A server that does not know CAPA is older than it, and can do nothing that is listed there. */
async function hello(dialogue: Dialogue): Promise<Hello | Trouble> {
  const answer = await ask(dialogue, 'CAPA');
  if (!answer.ok) return answer;
  const abilities: string[] = [];
  while (answer.isGood) {
    const line = await dialogue.hear('the end of its answer to CAPA');
    if (!line.ok) return line;
    if (line.text === '.') break;
    abilities.push(line.text.trim().toUpperCase());
  }
  return { ok: true, abilities };
}

async function startTls(dialogue: Dialogue): Promise<Said | Trouble> {
  const answer = await ask(dialogue, 'STLS');
  return !answer.ok || answer.isGood ? answer : tlsRefused(dialogue, answer.text);
}

async function login(
  dialogue: Dialogue,
  _abilities: readonly string[],
  { user, password }: Credentials,
): Promise<Said | Trouble> {
  const named = await ask(dialogue, `USER ${user}`, 'USER ***');
  const answer = named.ok && named.isGood ? await ask(dialogue, `PASS ${password}`, 'PASS ***') : named;
  if (!answer.ok || answer.isGood) return answer;
  const code = /^-ERR \[([A-Z/-]+)\]/i.exec(answer.text)?.[1]?.toUpperCase();
  switch (code) {
    // The password was right; somebody is reading this mailbox at the moment (RFC 2449 8.1.2).
    case 'IN-USE':
      return { ok: true, text: answer.text };
    case 'LOGIN-DELAY':
      return trouble('local', `${dialogue.where} wants more time between two logins; give this check a longer interval`);
    // RFC 3206.
    default:
      return loginRefused(dialogue, answer.text, code?.startsWith('SYS/') ?? false);
  }
}
