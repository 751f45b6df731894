import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { listenOnLoopback } from './listening.ts';

/** A mail as its reader sees it. */
export interface ReceivedMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface MailServer extends AsyncDisposable {
  readonly port: number;
  /** In the order of arrival. */
  readonly received: readonly ReceivedMail[];
}

/** A mail server that delivers to nobody; `onMail` is told of each mail. */
export async function openMailServer(onMail: (mail: ReceivedMail) => void): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, session, done) => {
      simpleParser(stream).then(({ subject = '', text = '' }) => {
        const mail = { to: session.envelope.rcptTo.map(({ address }) => address).join(', '), subject, text };
        received.push(mail);
        onMail(mail);
        done(null);
      }, done);
    },
  });
  server.on('error', () => {});
  const port = await listenOnLoopback(server.server);
  return { port, received, [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(resolve)) };
}
