import type { Way } from '../core/diagnosis.ts';
import type { Observation } from '../core/observation.ts';
import { isSecret, revealed } from '../lib/secret.ts';
import type { Failure } from '../net/failure.ts';
import { askWeb, basicAuthorization, type WebAnswer, type WebRequest } from '../net/http.ts';
import type { ExchangeFailure } from '../net/http-exchange.ts';
import { oneLine } from '../texts/clean.ts';
import { defineProbe, down, type Probe, type ProbeContext, TargetError, type Typed, unknown, up } from './contract.ts';
import { readAuthorities } from './support/authorities.ts';
import { observeShown } from './support/certificate.ts';
import { fromFailure, milliseconds, spoken } from './support/outcome.ts';
import { hostAndPort, oneWord } from './support/target.ts';
import { trusting, wayTo } from './support/way.ts';
import { judgeAnswer, looksAtBody } from './support/web/http-judge.ts';
import { type HttpOptions, httpOptions } from './support/web/http-options.ts';

const expected = 'a URL such as https://www.example.com/login';
const bodyLimit = 1_048_576;

/** Watches a web address: status, content, response time. */
export const http: Probe<HttpOptions> = defineProbe<HttpOptions>({
  kind: 'http',
  summary:
    'Asks a web address and looks at status, headers, content, response time and, with https, at the days that the certificate has left',
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
  certificate,
  run,
  way,
  example: `- http: https://www.example.com/login
  expect: { status: 200, body: Sign in }
  warning: 2s
  critical: 8s
- http: https://api.example.com/health
  headers: { X-Api-Key: !env API_KEY }
  expect: { json: { status: ok, queue.length: 0 } }`,
});

function target(typed: Typed, host: string | null): { readonly url: HttpOptions['url'] } {
  const url = oneWord(typed, expected) ?? (host === null ? null : `http://${host.includes(':') ? `[${host}]` : host}/`);
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

/** Of the URL's own host; its days are watched only where its trust is. */
function certificate(options: HttpOptions): string | null {
  const { protocol, port } = new URL(revealed(options.url).trim());
  if (protocol !== 'https:' || options.certificate === 'off' || options.insecure) return null;
  return hostAndPort(hostOf(options), Number(port || 443));
}

function way(options: HttpOptions): Way {
  const { protocol, port } = new URL(revealed(options.url).trim());
  if (protocol === 'http:') return wayTo(hostOf(options), { port: Number(port || 80), transport: 'tcp' });
  return wayTo(hostOf(options), { port: Number(port || 443), transport: 'tcp', tls: 'implicit', ...trusting(options) });
}

function hostOf(options: HttpOptions): string {
  return new URL(revealed(options.url).trim()).hostname.replace(/^\[(.*)\]$/, '$1');
}

async function run(options: HttpOptions, context: ProbeContext): Promise<Observation> {
  const authorities = await readAuthorities(options.ca, context.signal);
  if (!authorities.ok) return unknown(authorities.text);
  const { ca } = authorities;
  const answer = await askWeb(request(options, context, ca));
  const seen = answer.ok ? judge(answer, options) : fromFailure(withStatus(answer));
  if (answer.certificate === undefined) return seen;
  const certificate = observeShown(answer.certificate, { name: hostOf(options), now: context.now, ca });
  return certificate === undefined ? seen : { ...seen, certificate };
}

function withStatus(failure: ExchangeFailure): Failure {
  return failure.status === undefined ? failure : { ...failure, text: `HTTP ${failure.status}: ${failure.text}` };
}

function request(options: HttpOptions, context: ProbeContext, ca: string | undefined): WebRequest {
  const headers: Record<string, string> = { 'User-Agent': 'incidentd', Accept: '*/*' };
  for (const [name, value] of Object.entries(options.headers)) headers[name] = revealed(value);
  if (options.auth) headers.Authorization = basicAuthorization(revealed(options.auth.user), revealed(options.auth.password));
  if (options.token) headers.Authorization = `Bearer ${revealed(options.token)}`;
  return {
    url: revealed(options.url),
    method: options.method,
    headers,
    body: options.body === undefined ? undefined : revealed(options.body),
    tls: { ca, insecure: options.insecure },
    wantsCertificate: certificate(options) !== null,
    resolver: context.resolver,
    signal: context.signal,
    bodyLimit,
    decompress: looksAtBody(options.expect),
    redirects: options.redirects,
    allowHosts: options.allow_hosts,
  };
}

function judge(answer: WebAnswer, options: HttpOptions): Observation {
  const measures = [milliseconds('time', answer.timeMs), { name: 'size', value: answer.body.length, unit: 'bytes' as const }];
  const complaint = judgeAnswer(answer, options.expect);
  const status = oneLine(`HTTP ${answer.status} ${answer.statusText}`, 80);
  const redirect = answer.stopped === null || answer.isLoop ? '' : `, a redirect ${answer.stopped} that is not followed`;
  const seen = `${status} after ${spoken(answer.timeMs)}${redirect}`;
  const evidence = describeWay(answer, isSecret(options.url));
  if (complaint === null) return up(seen, measures, evidence);
  const message = complaint.text === '' ? seen : `${seen}: ${complaint.text}`;
  return complaint.reason === 'too-slow' ? unknown(message, evidence) : down(complaint.reason, message, measures, evidence);
}

/** Where the time went, and where redirects led; of a secret URL only the host. */
function describeWay(answer: WebAnswer, isHidden: boolean): readonly string[] {
  const { resolve, connect, tls, firstByte } = answer.phases;
  const phases = `name ${spoken(resolve)}, connection ${spoken(connect)}, TLS ${spoken(tls)}, first byte ${spoken(firstByte)}`;
  const end = `${answer.url.origin}${isHidden ? '' : answer.url.pathname}`;
  return answer.hops === 0 ? [phases] : [phases, oneLine(`after ${answer.hops} redirects at ${end}`)];
}
