/** A loop over axios alone, with the options that the http kind asks for. */
import { Agent } from 'node:http';
import axios from 'axios';
import { bodyLimit, deadlineMs, keepPace } from './pace.ts';

keepPace(async (url) => {
  await axios.request<Buffer>({
    url,
    method: 'GET',
    headers: { 'User-Agent': 'incidentd', Accept: '*/*' },
    adapter: 'http',
    httpAgent: new Agent({ keepAlive: false }),
    proxy: false,
    maxRedirects: 0,
    signal: AbortSignal.timeout(deadlineMs),
    responseType: 'arraybuffer',
    maxContentLength: bodyLimit,
    decompress: false,
    transformRequest: (data) => data,
    transformResponse: (data) => data,
    validateStatus: () => true,
  });
});
