import type { IncomingMessage } from 'node:http';
import { longestBody } from './limits.ts';
import { BodyError } from './routes.ts';

/** Reads a request's body as UTF-8, up to 64 kB; throws a `BodyError` for a longer one or when the other side goes away. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > longestBody) throw new BodyError(413, `the body is longer than ${longestBody / 1024} kB`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof BodyError ? error : new BodyError(400, 'the body ended early');
  }
  return Buffer.concat(chunks).toString('utf8');
}
