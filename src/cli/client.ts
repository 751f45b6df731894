import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { socketOf, usablePath } from '../web/socket-path.ts';
import { exitStatus, Stop } from './stop.ts';

/** An answer may take as long as the daemon's own patience with its disk. */
const answerWithinMs = 20_000;

/** Nobody listens in this state folder. */
export class NoDaemonError extends Error {}

export interface Question {
  readonly path: string;
  /** Posted as JSON; without it the question is a GET. */
  readonly body?: unknown;
}

/**
 * Asks the daemon of a state folder; null where it has no such thing. The answer is trusted: only our own user can
 * listen there. Rejects with a NoDaemonError, or a Stop that says what went wrong.
 */
export async function ask<Answer>(folder: string, { path, body }: Question): Promise<Answer | null> {
  const { status, json } = await exchange(folder, path, body === undefined ? null : JSON.stringify(body));
  if (status === 404) return null;
  if (status === 200) return json as Answer;
  const { error } = (json ?? {}) as { readonly error?: unknown };
  throw new Stop(
    typeof error === 'string' ? error : `the daemon answered with status ${status}`,
    status === 400 ? exitStatus.usage : exitStatus.no,
  );
}

async function exchange(
  folder: string,
  path: string,
  body: string | null,
): Promise<{ readonly status: number; readonly json: unknown }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; json: unknown }>();
  const sent = request({
    socketPath: usablePath(socketOf(folder)),
    path: `/api/v1${path}`,
    method: body === null ? 'GET' : 'POST',
    headers: body === null ? {} : { 'Content-Type': 'application/json' },
    signal: AbortSignal.timeout(answerWithinMs),
    agent: false,
  });
  sent.on('error', reject);
  sent.on('response', (response) => {
    text(response).then((answer) => resolve({ status: response.statusCode ?? 0, json: JSON.parse(answer) }), reject);
  });
  sent.end(body ?? undefined);
  try {
    return await promise;
  } catch (error) {
    throw understood(error, folder);
  }
}

function understood(error: unknown, folder: string): Error {
  const { code, name } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ENOTDIR') return new NoDaemonError(folder, { cause: error });
  if (code === 'EACCES' || code === 'EPERM') {
    return new Stop(`the daemon of ${folder} may not be reached by this user; run this as the user of the daemon, or with sudo`);
  }
  if (name === 'AbortError' || name === 'TimeoutError') {
    return new Stop(`the daemon of ${folder} gave no answer within ${answerWithinMs / 1000} s; its log says why`);
  }
  return new Stop(`the daemon of ${folder} broke off the connection (${code ?? String(error)}); try again`, exitStatus.no, {
    cause: error,
  });
}
