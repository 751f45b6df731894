import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { until } from './until.ts';

/** A mail that arrived up to its final dot. */
export interface Letter {
  /** The recipients of the envelope. */
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly messageId: string;
  /** Header lines as they came, unfolded. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly html: string;
  readonly raw: string;
  readonly parsed: ParsedMail;
  /** Whether the server said yes to it. */
  readonly isAccepted: boolean;
  /** Epoch ms. */
  readonly at: number;
}

/** What is done with a mail after its final dot: said yes to, left without an answer, or the line cut. */
export type Manner = 'accept' | 'hang' | 'drop';

/** A mail server on loopback that keeps what it gets, and fails as it is told. */
export interface MailSink extends AsyncDisposable {
  readonly port: number;
  readonly letters: readonly Letter[];
  manner: Manner;
  /** Addresses that are refused for good. */
  readonly refused: Set<string>;
  /** Closes the port and every connection. */
  down(): Promise<void>;
  /** Listens again on the same port. */
  up(): Promise<void>;
  /** The first letter, accepted or not, that is wanted; waits for it. */
  letter(what: string, wanted: (letter: Letter) => boolean, withinMs?: number): Promise<Letter>;
  /** Accepted letters to one recipient. */
  to(recipient: string): readonly Letter[];
}

export interface MailSinkOptions {
  /** Asks for a login and says no to every one. */
  readonly refusesLogins?: true;
}

export async function openMailSink({ refusesLogins }: MailSinkOptions = {}): Promise<MailSink> {
  const letters: Letter[] = [];
  const sockets = new Set<Socket>();
  const refused = new Set<string>();
  let server = await listening(0);

  async function listening(port: number): Promise<SMTPServer> {
    const opened = new SMTPServer({
      authOptional: refusesLogins === undefined,
      allowInsecureAuth: true,
      disabledCommands: refusesLogins === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
      onAuth: (_login, _session, done) => done(new Error('wrong user or password')),
      closeTimeout: 100,
      onRcptTo: ({ address }, _session, done) => done(refused.has(address) ? refusal(address) : null),
      onData: (stream, session, done) => void take(stream, session, done),
    });
    opened.on('error', () => {});
    opened.server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      opened.server.once('error', reject);
      opened.listen(port, '127.0.0.1', () => resolve());
    });
    return opened;
  }

  async function take(stream: SMTPServerDataStream, session: SMTPServerSession, done: () => void): Promise<void> {
    const letter = await read(stream, session, sink.manner === 'accept');
    letters.push(letter);
    if (sink.manner === 'accept') done();
    if (sink.manner === 'drop') cutAll();
  }

  function cutAll(): void {
    for (const socket of sockets) socket.destroy();
  }

  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const sink: MailSink = {
    port,
    letters,
    manner: 'accept',
    refused,
    down: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cutAll();
      await closed;
    },
    up: async () => {
      server = await listening(port);
    },
    letter: (what, wanted, withinMs) =>
      until(`a mail: ${what}`, () => letters.find(wanted), {
        ...(withinMs === undefined ? {} : { withinMs }),
        seen: () => `arrived: ${letters.map(({ recipients, subject }) => `\n  ${recipients}: ${subject}`).join('')}`,
      }),
    to: (recipient) => letters.filter(({ recipients, isAccepted }) => isAccepted && recipients.includes(recipient)),
    [Symbol.asyncDispose]: () => sink.down(),
  };
  return sink;
}

async function read(stream: SMTPServerDataStream, session: SMTPServerSession, isAccepted: boolean): Promise<Letter> {
  const bytes = await buffer(stream);
  const parsed = await simpleParser(bytes);
  return {
    recipients: session.envelope.rcptTo.map(({ address }) => address),
    subject: parsed.subject ?? '',
    messageId: parsed.messageId ?? '',
    headers: new Map(parsed.headerLines.map(({ key, line }) => [key, unfolded(line)])),
    text: parsed.text ?? '',
    html: parsed.html || '',
    raw: bytes.toString('latin1'),
    parsed,
    isAccepted,
    at: Date.now(),
  };
}

function unfolded(line: string): string {
  return line
    .slice(line.indexOf(':') + 1)
    .replace(/\r?\n[ \t]+/g, ' ')
    .trim();
}

function refusal(address: string): Error {
  return Object.assign(new Error(`5.1.1 <${address}> no such mailbox`), { responseCode: 550 });
}

export function addresses(field: AddressObject | AddressObject[] | undefined): readonly string[] {
  return [field ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address ?? ''));
}
