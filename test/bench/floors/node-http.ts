/** A loop over node:http alone. */
import { Agent, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { deadlineMs, keepPace } from './pace.ts';

keepPace(async (url) => {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const options = {
    agent: new Agent({ keepAlive: false }),
    headers: { 'User-Agent': 'incidentd', Accept: '*/*' },
    signal: AbortSignal.timeout(deadlineMs),
  };
  request(url, options, (response) => void buffer(response).then(resolve, reject))
    .on('error', reject)
    .end();
  await promise;
});
