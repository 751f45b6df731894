/** One question and one answer over UDP, within a deadline: repeated when lost, bounded, deaf to everybody else. */
import { createSocket, type Socket } from 'node:dgram';
import { connectFailure, errorCode, type Failure, failed } from './failure.ts';
import { type Destination, type Place, tryInTurn } from './walk.ts';

export interface DatagramRequest<Answer> extends Destination {
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

const sendingLimit = 4;
/** Datagrams that are no answer are looked at this often; whoever sends more shall not keep us busy. */
const strayLimit = 64;

/**
 * Asks at most four addresses of `host` in turn, each at most four times, and tells the failure of the first. A failure is
 * `port-closed` where the machine said so (ICMP), `timeout` where nothing came back, `protocol-error` where nothing of what
 * came was an answer. Settles at the latest when `signal` aborts and leaves no socket behind.
 */
export async function askByDatagram<Answer>(request: DatagramRequest<Answer>): Promise<Answered<Answer> | Failure> {
  const reached = await tryInTurn(request, (place) => askOnce(request, place));
  return reached.ok ? reached.result : reached;
}

type Attempt<Answer> = Answered<Answer> | Failure;

async function askOnce<Answer>(request: DatagramRequest<Answer>, place: Place): Promise<Attempt<Answer>> {
  const { address, port, where, signal } = place;
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
  socket.connect(port, address.address, (error?: Error) => {
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
