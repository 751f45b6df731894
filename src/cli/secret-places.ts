import type { SecretPlaces } from '../config/yaml/secrets.ts';

/** Where the configuration finds secrets. */
export function secretPlaces(env: Readonly<Record<string, string | undefined>>): SecretPlaces {
  return { env, credentialsDirectory: env.CREDENTIALS_DIRECTORY };
}
