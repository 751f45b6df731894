import { createServer, type Socket } from 'node:net';

/** What a scripted server does at one point of the dialogue: says something, says nothing, hangs up, or what the function does. */
export type Action = string | 'silence' | 'close' | ((socket: Socket) => void);

export type Point = 'greeting' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'dot';

export interface ScriptedServer extends AsyncDisposable {
  readonly port: number;
  /** Everything the clients said, line by line, without the messages. */
  readonly commands: string[];
  /** Whole messages received up to their final dot. */
  readonly messages: string[];
  readonly connections: () => number;
}

const usual: Readonly<Record<Point, Action>> = {
  greeting: '220 scripted',
  EHLO: '250-scripted\r\n250 8BITMIME',
  STARTTLS: '502 what?',
  AUTH: '235 welcome',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  dot: '250 2.0.0 queued as 42',
};

/** A mail server on loopback that follows `script` and is polite everywhere else. */
export async function scriptedServer(script: Partial<Readonly<Record<Point, Action>>> = {}): Promise<ScriptedServer> {
  const actions = { ...usual, ...script };
  const commands: string[] = [];
  const messages: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    act(socket, actions.greeting);
    converse(socket, actions, commands, messages);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    commands,
    messages,
    connections: () => connections,
    [Symbol.asyncDispose]: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function converse(socket: Socket, actions: Readonly<Record<Point, Action>>, commands: string[], messages: string[]): void {
  let buffer = '';
  let isMessage = false;
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    buffer += chunk;
    for (;;) {
      const end = isMessage ? '\r\n.\r\n' : '\r\n';
      const at = buffer.indexOf(end);
      if (at < 0) return;
      const text = buffer.slice(0, at);
      buffer = buffer.slice(at + end.length);
      if (isMessage) messages.push(text);
      else commands.push(text);
      const point = isMessage ? 'dot' : pointOf(text);
      isMessage = point === 'DATA' && actions.DATA !== 'close' && String(actions.DATA).startsWith('3');
      if (point !== null) act(socket, actions[point]);
    }
  });
}

function pointOf(line: string): Exclude<Point, 'greeting' | 'dot'> | null {
  const verb = line.split(' ')[0]?.toUpperCase() ?? '';
  return (['EHLO', 'STARTTLS', 'AUTH', 'MAIL', 'RCPT', 'DATA'] as const).find((point) => point === verb) ?? null;
}

function act(socket: Socket, action: Action): void {
  if (typeof action === 'function') action(socket);
  else if (action === 'close') socket.destroy();
  else if (action !== 'silence') socket.write(`${action}\r\n`);
}

/** Says one more line of an endless answer every few milliseconds, until the client has enough. */
export function drip(socket: Socket): void {
  const timer = setInterval(() => socket.write('250-wait\r\n'), 20);
  socket.on('close', () => clearInterval(timer));
}
