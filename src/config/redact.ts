/** Keeping secrets out of what is shown, wherever they turn up. */
import type { Observation } from '../core/observation.ts';
import { isSecret, type Secret } from '../lib/secret.ts';

/** Shorter values would blacken half of every sentence. */
const shortest = 4;

/** The text with every secret in it replaced. */
export function redact(text: string, secrets: readonly Secret[]): string {
  return secrets.reduce((shown, secret) => {
    const value = secret.reveal();
    return value.length < shortest ? shown : shown.replaceAll(value, '***');
  }, text);
}

/** Every secret in a configured value, however deep. */
export function secretsIn(value: unknown): readonly Secret[] {
  if (isSecret(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretsIn) : [];
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
