/** One look at a mail server, whatever it speaks: greeting, hello, TLS, login, farewell. */
import type { Observation } from '../../../core/observation.ts';
import { isSecret, revealed } from '../../../lib/secret.ts';
import { connectTo } from '../../../net/connect.ts';
import { type ShownCertificate, shownBy, type TlsSettings } from '../../../net/tls.ts';
import { type ProbeContext, unknown, up } from '../../contract.ts';
import { readAuthorities } from '../authorities.ts';
import { observeShown } from '../certificate.ts';
import { converse, type Dialogue, type Said } from '../dialogue/dialogue.ts';
import { startTranscript } from '../dialogue/transcript.ts';
import { fromTrouble, type Trouble, trouble } from '../dialogue/trouble.ts';
import { fromFailure, milliseconds, spoken } from '../outcome.ts';
import { matches } from '../pattern.ts';
import { shown } from '../target.ts';
import { encryptionOf, type MailOptions, mailCertificate, takesAnyCertificate } from './mail-options.ts';
import { type Greeting, type Hello, type MailSpeech, plainResponse, quoted } from './mail-speech.ts';

interface Session {
  readonly dialogue: Dialogue;
  readonly speech: MailSpeech;
  readonly options: MailOptions;
  readonly tls: TlsSettings;
  /** The version, once TLS has begun. */
  encrypted: string | null;
  shown: ShownCertificate | undefined;
}

/** Looks once. Sends no mail and changes nothing. */
export async function lookAtMail(speech: MailSpeech, options: MailOptions, context: ProbeContext): Promise<Observation> {
  const begun = performance.now();
  const { signal, resolver } = context;
  const authorities = await readAuthorities(options.ca, signal);
  if (!authorities.ok) return unknown(authorities.text);
  const tls = { ca: authorities.ca, insecure: takesAnyCertificate(options) };
  const connected = await connectTo({ host: revealed(options.host), port: options.port, signal, resolver });
  if (!connected.ok) return fromFailure(connected);
  using dialogue = converse(connected, signal, startTranscript(secretsOf(options)));
  const session: Session = { dialogue, speech, options, tls, encrypted: null, shown: undefined };
  const result = await talk(session);
  const seen = judge(result, session, performance.now() - begun);
  await leave(result, session);
  const certificate = certificateSeen(session, result.ok, context.now);
  return certificate === undefined ? seen : { ...seen, certificate };
}

/** Says goodbye; a server that makes no sense, or that TLS fails with, is not waited for. */
async function leave(result: Said | Trouble, { dialogue, speech }: Session): Promise<void> {
  const makesSense = result.ok || ['auth-failed', 'content', 'local'].includes(result.failure);
  if (makesSense) await dialogue.part(speech.farewell);
  else if (result.failure !== 'timeout') dialogue.say(speech.farewell);
}

/** What must not be shown, in the forms in which it is said. */
function secretsOf({ auth }: MailOptions): readonly string[] {
  if (auth === undefined) return [];
  const [user, password] = [revealed(auth.user), revealed(auth.password)];
  const forms = [plainResponse({ user, password }), password, quoted(password)];
  return isSecret(auth.user) ? [...forms, user, quoted(user)] : forms;
}

/** Gives the greeting when everything worked. */
async function talk(session: Session): Promise<Said | Trouble> {
  const { speech, options, dialogue } = session;
  const early = encryptionOf(options) === 'implicit' ? await encrypt(session) : null;
  if (early) return early;
  const greeting = await speech.greeting(dialogue);
  if (!greeting.ok) return withAdvice(greeting, options);
  const complaint = unexpected(greeting.text, options.expect, dialogue);
  if (complaint) return complaint;
  const first = await speech.hello(dialogue);
  if (!first.ok) return first;
  const hello = session.encrypted === null ? await turnToTls(session, first, obstacleToTls(session, first, greeting)) : first;
  if (!hello.ok || options.auth === undefined || greeting.isLoggedIn) return hello.ok ? greeting : hello;
  const credentials = { user: revealed(options.auth.user), password: revealed(options.auth.password) };
  const login = await speech.login(dialogue, hello.abilities, credentials);
  return login.ok ? greeting : login;
}

async function encrypt(session: Session): Promise<Trouble | null> {
  const secured = await session.dialogue.encrypt(revealed(session.options.host), session.tls);
  session.shown = shownBy(secured);
  if (!secured.ok) return secured;
  session.encrypted = secured.socket.getProtocol() ?? 'TLS';
  return null;
}

/** Why the server cannot begin TLS, as a half sentence; null where it can. */
function obstacleToTls({ speech: { tlsAbility } }: Session, { abilities }: Hello, { isLoggedIn }: Greeting): string | null {
  // RFC 9051 7.1.4.
  if (isLoggedIn) return `takes whoever connects as logged in already (PREAUTH), after which ${tlsAbility} cannot begin`;
  return abilities.includes(tlsAbility) ? null : `does not offer ${tlsAbility}`;
}

/** Begins TLS where it is wanted; gives the hello that counts from then on. */
async function turnToTls(session: Session, hello: Hello, obstacle: string | null): Promise<Hello | Trouble> {
  const { dialogue, speech, options } = session;
  const { where, isLoopback } = dialogue;
  const protectsLogin = options.auth !== undefined && !isLoopback;
  if (options.tls === 'off') {
    return protectsLogin ? trouble('local', `${where} is not this machine, and no password goes there unencrypted`) : hello;
  }
  if (obstacle !== null) {
    if (protectsLogin) return trouble('tls-handshake', `${where} ${obstacle}, and no password is sent unencrypted`);
    return options.tls === 'starttls' ? trouble('tls-handshake', `${where} ${obstacle}`) : hello;
  }
  const agreed = await speech.startTls(dialogue);
  if (!agreed.ok) return agreed;
  return (await encrypt(session)) ?? (await speech.hello(dialogue));
}

/** A greeting that is not the expected one. */
function unexpected(greeting: string, expected: string | undefined, { where, transcript }: Dialogue): Trouble | null {
  if (expected === undefined) return null;
  switch (matches(expected, greeting)) {
    case 'match':
      return null;
    case 'no-match':
      return trouble('content', `${where} greets with ${transcript.quote(greeting)}, expected ${expected}`);
    case 'too-slow':
      return trouble('local', `the expression ${expected} takes too long on this greeting; write a simpler one`);
  }
}

const plainPorts: readonly number[] = [25, 110, 143, 587];

/** A server that waits for TLS says nothing in clear. */
function withAdvice(silence: Trouble, options: MailOptions): Trouble {
  const mayWantTls = encryptionOf(options) !== 'implicit' && !plainPorts.includes(options.port);
  if (silence.failure !== 'timeout' || !mayWantTls) return silence;
  return trouble('timeout', `${silence.text}; if it wants TLS from the first byte, write "tls: implicit"`);
}

function judge(result: Said | Trouble, { dialogue, encrypted, options }: Session, timeMs: number): Observation {
  if (!result.ok) return fromTrouble(result, dialogue);
  const how = encrypted === null ? 'unencrypted' : `over ${encrypted}`;
  const login = options.auth === undefined ? '' : ' and takes the login';
  const words = `${dialogue.where} answers ${how}${login} after ${spoken(timeMs)}: ${dialogue.transcript.quote(result.text)}`;
  return up(words, [milliseconds('time', timeMs)]);
}

/** What was seen of the certificate; none where nothing was, or where it is not to be watched. */
function certificateSeen(session: Session, isUp: boolean, now: number): Observation | undefined {
  const { dialogue, options, tls } = session;
  if (mailCertificate(options) === null) return undefined;
  if (session.shown) {
    const seen = observeShown(session.shown, { name: shown(options.host), now, ca: tls.ca });
    // Where any certificate will do, its end ends nothing.
    return tls.insecure && seen?.status === 'down' ? { ...seen, status: 'degraded' } : seen;
  }
  return isUp ? up(`${dialogue.where} offers no encryption, so there is no certificate to watch`) : undefined;
}
