/** What an admin may write about a web check. */
import { z } from 'zod';
import { revealed } from '../../../lib/secret.ts';
import { authoritiesFile } from '../authorities.ts';
import { pattern, textOrSecret } from '../options.ts';

/** One accepted status: `200`, or a class such as `2xx`. */
const status = z
  .union([z.int().min(100).max(599), z.string().regex(/^[1-5]xx$/)], {
    error: 'expected a status such as 200, or a class such as 2xx',
  })
  .meta({ title: 'status', words: 'a status such as 200, or a class such as 2xx' });

const scalar = z.union([pattern, z.number(), z.boolean(), z.null()], {
  error: 'expected a text, a number, true, false or null',
});

export const expectation = z.strictObject({
  status: z
    .union([status, z.array(status).min(1)], { error: 'expected a status such as 200, a class such as 2xx, or a list of them' })
    .optional()
    .describe('accepted status, class of statuses (`2xx`) or list of them; default 200 to 399'),
  body: pattern.optional().describe('text, or regular expression between slashes, that the first MiB of the body must contain'),
  json: z
    .record(z.string().min(1), scalar)
    .optional()
    .describe('wanted values of a JSON answer by path, such as `data.items[0].state: ok`'),
  header: z
    .record(z.string().min(1), pattern)
    .optional()
    .describe('text or regular expression that a header must contain, by name'),
});
export type Expectation = z.output<typeof expectation>;

export const httpOptions = z.strictObject({
  url: textOrSecret
    .refine((url) => isWebUrl(revealed(url)), { error: 'expected a URL such as https://www.example.com/login' })
    .describe('the address; `user:password@` in it becomes basic authentication and is never shown'),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).default('GET').describe('how it is asked'),
  headers: z
    .record(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/), textOrSecret)
    .default({})
    .describe('headers sent along, by name'),
  body: textOrSecret.optional().describe('body sent along'),
  auth: z
    .strictObject({ user: textOrSecret.describe('name to log in with'), password: textOrSecret.describe('its password') })
    .optional()
    .describe('user and password of basic authentication'),
  token: textOrSecret.optional().describe('bearer token'),
  redirects: z
    .int()
    .min(0)
    .max(20)
    .default(5)
    .describe('how many redirects are followed: on the same host, with or without `www.`, never from https to http'),
  allow_hosts: z
    .array(z.string().min(1))
    .default([])
    .describe('further hosts that a redirect may lead to; headers, body and credentials are not sent there'),
  expect: expectation.default({}).describe('what the answer must be'),
  ca: authoritiesFile.optional().describe('PEM file with the only certification authority accepted for this check'),
  insecure: z.boolean().default(false).describe('true: any certificate is accepted'),
  certificate: z.literal('off').optional().describe('`off`: the days that the certificate has left are not watched'),
});
export type HttpOptions = z.output<typeof httpOptions>;

function isWebUrl(text: string): boolean {
  const url = URL.parse(text.trim());
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '';
}
