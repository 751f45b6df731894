/** What an admin may write about a web check. */
import { z } from 'zod';
import { revealed } from '../../lib/secret.ts';
import { pattern, textOrSecret } from './options.ts';

/** One accepted status: `200`, or a class such as `2xx`. */
const status = z.union([z.int().min(100).max(599), z.string().regex(/^[1-5]xx$/)], {
  error: 'expected a status such as 200, or a class such as 2xx',
});

const scalar = z.union([pattern, z.number(), z.boolean(), z.null()], {
  error: 'expected a text, a number, true, false or null',
});

export const expectation = z.strictObject({
  /** Default: 200 to 399. */
  status: z
    .union([status, z.array(status).min(1)], { error: 'expected a status such as 200, a class such as 2xx, or a list of them' })
    .optional(),
  body: pattern.optional(),
  /** Values by path, such as `data.items[0].state`. */
  json: z.record(z.string().min(1), scalar).optional(),
  header: z.record(z.string().min(1), pattern).optional(),
});
export type Expectation = z.output<typeof expectation>;

export const httpOptions = z.strictObject({
  url: textOrSecret.refine((url) => isWebUrl(revealed(url)), { error: 'expected a URL such as https://www.example.com/login' }),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).default('GET'),
  headers: z.record(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/), textOrSecret).default({}),
  body: textOrSecret.optional(),
  /** Basic authentication. */
  auth: z.strictObject({ user: textOrSecret, password: textOrSecret }).optional(),
  /** Bearer token. */
  token: textOrSecret.optional(),
  /** How many redirects are followed, on the same host (with or without `www.`) and on `allow_hosts`. */
  redirects: z.int().min(0).max(20).default(5),
  /** Further hosts that a redirect may lead to; headers, body and credentials are not sent there. */
  allow_hosts: z.array(z.string().min(1)).default([]),
  expect: expectation.default({}),
  /** A PEM file: the only certification authority accepted for this check. */
  ca: z.string().min(1).optional(),
  /** Accepts any certificate. */
  insecure: z.boolean().default(false),
  /** `off`: the certificate's remaining days are not watched. */
  certificate: z.literal('off').optional(),
});
export type HttpOptions = z.output<typeof httpOptions>;

function isWebUrl(text: string): boolean {
  const url = URL.parse(text.trim());
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '';
}
