/** One question and one answer over UDP, within a deadline: repeated when lost, bounded, deaf to everybody else. */
import { createSocket, type Socket } from 'node:dgram';
import { connectFailure, errorCode, type Failure, failed } from './failure.ts';
import { type Address, type Resolver, systemResolver } from './resolver.ts';

export interface DatagramRequest<Answer> {
  readonly host: string;
  readonly port: number;
  readonly signal: AbortSignal;
  readonly resolver?: Resolver | undefined;
  /** Makes the question, anew for each sending. */
  make(): Buffer;
  /** What a datagram from the other side says; null when it is no answer to the question: it is waited on. */
  read(datagram: Buffer): Answer | null;
  /** How long an answer is waited for before the question is sent again. */
  readonly repeatMs: number;
}

export interface Answered<Answer> {
  readonly ok: true;
  readonly answer: Answer;
  /** `address:port`, as it was reached. */
  readonly where: string;
}

const addressLimit = 4;
/** An address that is silent for this long is passed over while there are others. */
const patienceMs = 3000;
const sendingLimit = 4;
/** Datagrams that are no answer are looked at this often; whoever sends more shall not keep us busy. */
const strayLimit = 64;

/**
 * Asks at most four addresses of `host` in turn, each at most four times, and tells the failure of the first. A failure is
 * `port-closed` where the machine said so (ICMP), `timeout` where nothing came back, `protocol-error` where nothing of what
 * came was an answer. Settles at the latest when `signal` aborts and leaves no socket behind.
 */
export async function askByDatagram<Answer>(request: DatagramRequest<Answer>): Promise<Answered<Answer> | Failure> {
  const { host, port, signal } = request;
  const resolution = await (request.resolver ?? systemResolver).resolve(host, signal);
  if (!resolution.ok) return resolution;
  const addresses = resolution.addresses.slice(0, addressLimit);
  let first: Failure | null = null;
  for (const [index, address] of addresses.entries()) {
    const isLast = index === addresses.length - 1;
    const patience = isLast ? signal : AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    const where = address.family === 6 ? `[${address.address}]:${port}` : `${address.address}:${port}`;
    const result = await askOnce(request, address, where, patience);
    if (result.ok) return result;
    first ??= result;
    if (signal.aborted) break;
  }
  return first ?? failed('dns-failure', 'the name has no address');
}

type Attempt<Answer> = Answered<Answer> | Failure;

async function askOnce<Answer>(
  request: DatagramRequest<Answer>,
  address: Address,
  where: string,
  signal: AbortSignal,
): Promise<Attempt<Answer>> {
  if (signal.aborted) return silence(where, 0);
  const socket = createSocket({ type: address.family === 6 ? 'udp6' : 'udp4' });
  const { promise, resolve } = Promise.withResolvers<Attempt<Answer>>();
  let sent = 0;
  let strays = 0;
  const send = () => {
    if (sent === sendingLimit) return;
    sent += 1;
    socket.send(request.make(), (error) => error && resolve(sendingFailure(error, where)));
  };
  const onAbort = () => resolve(strays > 0 ? nonsense(where) : silence(where, sent));
  signal.addEventListener('abort', onAbort, { once: true });
  socket.on('error', (error) => resolve(sendingFailure(error, where)));
  socket.on('message', (datagram) => {
    const answer = request.read(datagram);
    if (answer !== null) return resolve({ ok: true, answer, where });
    strays += 1;
    if (strays === strayLimit) resolve(nonsense(where));
  });
  let timer: NodeJS.Timeout | undefined;
  socket.connect(request.port, address.address, (error?: Error) => {
    if (error) return resolve(sendingFailure(error, where));
    send();
    timer = setInterval(send, request.repeatMs);
  });
  try {
    return await promise;
  } finally {
    clearInterval(timer);
    signal.removeEventListener('abort', onAbort);
    close(socket);
  }
}

function nonsense(where: string): Failure {
  return failed('protocol-error', `${where} answers, but nothing of it belongs to the question`);
}

function silence(where: string, sent: number): Failure {
  if (sent === 0) return failed('local', `no time was left to ask ${where}`);
  return failed('timeout', `no answer from ${where}, asked ${sent === 1 ? 'once' : `${sent} times`}`);
}

function sendingFailure(error: Error, where: string): Failure {
  const code = errorCode(error);
  if (code === 'ECONNREFUSED') return failed('port-closed', `nothing listens on UDP port ${where}`);
  if (code === 'EMSGSIZE') return failed('local', `what should be sent to ${where} is too long for one datagram`);
  return connectFailure(error, where);
}

/** A socket whose `connect` has failed may be closed already. */
function close(socket: Socket): void {
  try {
    socket.close();
  } catch {
    // Nothing left to close.
  }
}
