/** Whether name servers answer at all, asked for something that each of them may answer as it likes. */
import { readFileSync } from 'node:fs';
import { askByDatagram } from '../../net/datagram.ts';
import { smallestQuestion } from '../../net/name-server.ts';
import type { Sight } from '../vocabulary.ts';

const patienceMs = 1500;
const repeatMs = 500;
const serverLimit = 3;

/** Addresses of the `nameserver` lines (resolv.conf(5)). */
export function configuredServers(path: string): readonly string[] {
  try {
    const lines = readFileSync(path, 'utf8').matchAll(/^\s*nameserver\s+(\S+)/gm);
    return Array.from(lines, ([, address = '']) => address).slice(0, serverLimit);
  } catch {
    return [];
  }
}

/** `address`, `address:port` or `[address]:port`, taken apart. */
export function serverAt(text: string): { readonly host: string; readonly port: number } {
  const [, bracketed, plain = text, port = '53'] = /^(?:\[(.+)\]|([^:]+))(?::(\d+))?$/.exec(text) ?? [];
  return { host: bracketed ?? plain, port: Number(port) };
}

export async function lookAtResolver(servers: readonly string[], signal: AbortSignal): Promise<Sight<'resolver'>> {
  if (servers.length === 0) return { saw: 'none', subject: 'resolv.conf', detail: 'no name server is entered' };
  const first = await firstToAnswer(servers, signal);
  const subject = servers.join(', ');
  if (first !== null) return { saw: 'answers', subject: first, detail: 'answers' };
  return { saw: signal.aborted ? 'unclear' : 'silent', subject, detail: 'no answer' };
}

export async function lookAtOthers(servers: readonly string[], signal: AbortSignal): Promise<Sight<'others'>> {
  const first = await firstToAnswer(servers, signal);
  if (first !== null) return { saw: 'answer', subject: first, detail: 'answers' };
  return { saw: signal.aborted ? 'unclear' : 'silent', subject: servers.join(', '), detail: 'no answer' };
}

/** The server whose answer came first; null where none came. */
async function firstToAnswer(servers: readonly string[], signal: AbortSignal): Promise<string | null> {
  const enough = new AbortController();
  const patience = AbortSignal.any([signal, enough.signal, AbortSignal.timeout(patienceMs)]);
  const questions = servers.map(async (server) => {
    const { host, port } = serverAt(server);
    const question = { make: () => smallestQuestion, read: (datagram: Buffer) => datagram, repeatMs };
    const seen = await askByDatagram({ host, port, signal: patience, ...question });
    if (!seen.ok) throw new Error(seen.text);
    return server;
  });
  try {
    return await Promise.any(questions);
  } catch {
    return null;
  } finally {
    enough.abort();
  }
}
