/** Whether anything on the internet answers. */
import { connectTo } from '../../net/connect.ts';
import type { Sight } from '../vocabulary.ts';

export interface Reference {
  readonly host: string;
  readonly port: number;
}

const patienceMs = 1700;

/** A connection or a refusal from one of the references is an answer. */
export async function lookAtInternet(references: readonly Reference[], signal: AbortSignal): Promise<Sight<'internet'>> {
  const enough = new AbortController();
  const patience = AbortSignal.any([signal, enough.signal, AbortSignal.timeout(patienceMs)]);
  const subject = references.map(({ host, port }) => `${host}:${port}`).join(', ');
  try {
    const where = await Promise.any(references.map((reference) => reach(reference, patience)));
    return { saw: 'answers', subject: where, detail: 'answers' };
  } catch {
    return { saw: signal.aborted ? 'unclear' : 'silent', subject, detail: 'no answer' };
  } finally {
    enough.abort();
  }
}

async function reach({ host, port }: Reference, signal: AbortSignal): Promise<string> {
  const attempt = await connectTo({ host, port, signal });
  if (attempt.ok) attempt.socket.destroy();
  else if (attempt.failure !== 'port-closed') throw new Error(attempt.text);
  return `${host}:${port}`;
}
