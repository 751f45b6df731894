/** Keeping secrets out of what is shown, wherever they turn up. */
import type { Observation } from '../core/observation.ts';
import { isSecret, type Secret, secret } from '../lib/secret.ts';

/** Shorter values would blacken half of every sentence. */
export const shortest = 4;
/** Parts of a path may be tokens; short ones are words such as `api`. */
const shortestSegment = 8;

/** The text with every secret in it replaced. */
export function redact(text: string, secrets: readonly Secret[]): string {
  return secrets.reduce((shown, hidden) => {
    const value = hidden.reveal();
    return value.length < shortest ? shown : shown.replaceAll(value, '***');
  }, text);
}

/** A typed address with `***` for its user and password, whatever they hold; a user alone counts where a scheme stands before it. */
export function withoutLogin(text: string): string {
  const [, scheme = '', login] = /^(\s*[a-z][a-z0-9+.-]*:\/\/)?(.*)@/is.exec(text) ?? [];
  if (login === undefined || (scheme === '' && !login.includes(':'))) return text;
  return `${scheme}***${text.slice(scheme.length + login.length)}`;
}

/** Every secret in a configured value, however deep. */
export function secretsIn(value: unknown): readonly Secret[] {
  if (isSecret(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretsIn) : [];
}

/** What another side may repeat of a secret: itself, and of a web address its path and login as they travel; the longest first. */
function repeatable(hidden: Secret): readonly Secret[] {
  const url = URL.parse(hidden.reveal());
  if (url === null) return [hidden];
  const [user, password] = [decoded(url.username), decoded(url.password)];
  // A user alone may be a token.
  const login = user === '' && password === '' ? [] : [Buffer.from(`${user}:${password}`).toString('base64'), password || user];
  const segments = url.pathname.split('/').filter((segment) => segment.length >= shortestSegment);
  return [hidden, ...[`${url.pathname}${url.search}`, url.pathname, url.search, ...segments, ...login].map(secret)];
}

/** What other sides may repeat of all these secrets, each once; the longest first, so that no rest of one is left where another is part of it. */
export function allRepeatable(secrets: readonly Secret[]): readonly Secret[] {
  const values = new Set(secrets.flatMap(repeatable).map((hidden) => hidden.reveal()));
  return [...values].toSorted((one, other) => other.length - one.length).map(secret);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** What a probe saw, with no secret in its words: an error of the network may quote the address that was asked. */
export function withoutSecrets(observation: Observation, secrets: readonly Secret[]): Observation {
  if (secrets.length === 0) return observation;
  const { certificate } = observation;
  return {
    ...observation,
    ...(certificate === undefined ? {} : { certificate: withoutSecrets(certificate, secrets) }),
    message: redact(observation.message, secrets),
    evidence: observation.evidence.map((line) => redact(line, secrets)),
  };
}
