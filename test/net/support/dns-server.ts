/** A name server for tests: answers A and AAAA questions from a table, or misbehaves as told. */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

export type Behaviour =
  | { readonly a?: readonly string[]; readonly aaaa?: readonly string[] }
  | 'nxdomain'
  | 'servfail'
  | 'refused'
  | 'silent'
  | 'garbage'
  | 'other-id'
  /** Silent for AAAA only. */
  | { readonly a: readonly string[]; readonly aaaa: 'silent' };

export interface NameServer extends AsyncDisposable {
  readonly servers: readonly string[];
  /** Questions so far, as `name A`. */
  readonly questions: string[];
}

const rcodes = { nxdomain: 3, servfail: 2, refused: 5 } as const;

/** Starts a name server on loopback; names outside the table do not exist. */
export async function nameServer(table: Readonly<Record<string, Behaviour>>): Promise<NameServer> {
  const socket = createSocket('udp4');
  const questions: string[] = [];
  socket.on('message', (query, peer) => {
    const { name, type, question } = parseQuestion(query);
    questions.push(`${name} ${type === 28 ? 'AAAA' : 'A'}`);
    const answer = answerTo(query, question, type, table[name] ?? 'nxdomain');
    if (answer) socket.send(answer, peer.port, peer.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    servers: [`127.0.0.1:${socket.address().port}`],
    questions,
    [Symbol.asyncDispose]: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

/** A UDP port that nothing listens on, as a name server's address. */
export async function deadServer(): Promise<readonly string[]> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  server.close();
  return [`127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`];
}

function parseQuestion(query: Buffer): { readonly name: string; readonly type: number; readonly question: Buffer } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), question: query.subarray(12, at + 5) };
}

function answerTo(query: Buffer, question: Buffer, type: number, behaviour: Behaviour): Buffer | null {
  const id = query.readUInt16BE(0);
  if (behaviour === 'silent') return null;
  if (behaviour === 'garbage') return Buffer.from('not a DNS answer');
  if (behaviour === 'other-id') return message(id ^ 0xffff, 0, question, []);
  if (typeof behaviour === 'string') return message(id, rcodes[behaviour], question, []);
  const addresses = type === 28 ? (behaviour.aaaa ?? []) : (behaviour.a ?? []);
  if (addresses === 'silent') return null;
  return message(
    id,
    0,
    question,
    addresses.map((address) => record(type, address)),
  );
}

function message(id: number, rcode: number, question: Buffer, records: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt16BE(id, 0);
  header.writeUInt16BE(0x8180 | rcode, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, question, ...records]);
}

function record(type: number, address: string): Buffer {
  const data = type === 28 ? ipv6(address) : Buffer.from(address.split('.').map(Number));
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function ipv6(address: string): Buffer {
  const [left = '', right = ''] = address.split('::');
  const groups = (text: string) =>
    text
      .split(':')
      .filter(Boolean)
      .map((group) => Number.parseInt(group, 16));
  const [before, after] = [groups(left), groups(right)];
  const all = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 255]));
}
