/** An instant (epoch ms) as the JSON gives it: ISO 8601 in UTC. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}

/** Null where there is none; 0 is none too. */
export function isoOrNull(at: number | null): string | null {
  return at === null || at === 0 ? null : iso(at);
}
