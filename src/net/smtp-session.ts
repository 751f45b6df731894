/** What an SMTP session has reached and what was said in it, read from nodemailer's log. */

/** `data`: the server asked for the message; `dot`: all of it, the final dot included, was handed over. */
export type SmtpPhase = 'connect' | 'session' | 'data' | 'dot';

export interface SmtpSession {
  readonly phase: SmtpPhase;
  /** True once the server has accepted a login. */
  readonly loggedIn: boolean;
  /** The conversation, `C:` the client, `S:` the server, `*` what is not said; never a secret. */
  readonly transcript: readonly string[];
  /** For nodemailer's `logger`. */
  observe(entry: unknown, text: unknown): void;
  /** Adds a line that is not said. */
  note(text: string): void;
}

const linesLimit = 200;
const lengthLimit = 500;

/** Starts to follow a session; `onData` is called once, when the server asks for the message. */
export function followSession(secrets: readonly string[], onData: () => void): SmtpSession {
  const transcript: string[] = [];
  const waiting: string[] = [];
  const state = { phase: 'connect' as SmtpPhase, loggedIn: false, challenged: false };

  function add(who: 'C' | 'S' | '*', text: string): void {
    for (const line of text.split(/\r?\n/)) {
      if (transcript.length < linesLimit) transcript.push(`${who}: ${hide(line, secrets).slice(0, lengthLimit)}`);
    }
  }

  function command(text: string): void {
    waiting.push(text);
    if (/^AUTH\b/i.test(text)) add('C', text.replace(/^(AUTH \S+).+$/i, '$1 ***'));
    else add('C', state.challenged ? '***' : text);
  }

  function reply(text: string): void {
    add('S', text);
    if (state.phase === 'connect') {
      state.phase = 'session';
      return;
    }
    state.challenged = text.startsWith('334');
    state.loggedIn ||= text.startsWith('235');
    if (waiting.shift() !== 'DATA' || !/^[23]/.test(text)) return;
    state.phase = 'data';
    onData();
  }

  function observe(entry: unknown, text: unknown): void {
    const topic = typeof entry === 'object' && entry !== null && 'tnx' in entry ? entry.tnx : null;
    if (topic === 'client') command(String(text));
    else if (topic === 'server') reply(String(text));
    else if (topic === 'message' && state.phase === 'data') state.phase = 'dot';
  }

  return {
    get phase() {
      return state.phase;
    },
    get loggedIn() {
      return state.loggedIn;
    },
    transcript,
    observe,
    note: (text) => add('*', text),
  };
}

/** A text in which none of the secrets stands, plain or in base64. */
export function hide(text: string, secrets: readonly string[]): string {
  const forms = secrets.filter((secret) => secret !== '').flatMap((secret) => [secret, Buffer.from(secret).toString('base64')]);
  return forms.reduce((hidden, form) => hidden.replaceAll(form, '***'), text);
}
