import { isSecret, revealed } from '../lib/secret.ts';
import { defineProbe, type Probe, TargetError, type Typed } from './contract.ts';
import { type HttpOptions, httpOptions } from './support/http-options.ts';
import { oneWord } from './support/target.ts';

const expected = 'a URL such as https://www.example.com/login';

/** Watches a web address: status, content, response time. */
export const http: Probe<HttpOptions> = defineProbe<HttpOptions>({
  kind: 'http',
  summary: 'Asks a web address and looks at status, headers, content and response time',
  category: 'web',
  schemes: ['http', 'https'],
  schema: httpOptions,
  measures: [
    {
      name: 'time',
      unit: 'ms',
      sort: 'current',
      worse: 'above',
      main: true,
      about: 'from asking for the name to the last byte of the answer, redirects included',
    },
    {
      name: 'size',
      unit: 'bytes',
      sort: 'current',
      worse: 'above',
      about: 'size of the body as far as it was read, at most 1 MiB',
    },
  ],
  target,
  describe,
  run: async () => Promise.reject(new Error('not built yet')),
  example: `- http: https://www.example.com/login
  expect: { status: 200, body: Sign in }
  warning: 2s
  critical: 8s
- http: https://api.example.com/health
  headers: { X-Api-Key: !env API_KEY }
  expect: { json: { status: ok, queue.length: 0 } }`,
});

function target(typed: Typed, host: string | null): { readonly url: HttpOptions['url'] } {
  const url = oneWord(typed, expected) ?? (host === null ? null : `http://${host}/`);
  if (url === null) throw new TargetError(`http needs ${expected}`);
  if (!/^https?:\/\//i.test(revealed(url))) {
    throw new TargetError(`expected ${expected}${isSecret(url) ? '' : `; did you mean https://${url}?`}`);
  }
  return { url };
}

/** The URL without credentials and fragment; of a secret URL only scheme and host. */
function describe(options: HttpOptions): string {
  const url = new URL(revealed(options.url).trim());
  if (isSecret(options.url)) return `${url.protocol}//${url.host}`;
  if (url.username === '' && url.password === '' && url.hash === '') return options.url.trim();
  url.username = '';
  url.password = '';
  url.hash = '';
  return url.href;
}
