/** The value below which this share (0–1) of the values lies; the smallest value that is at least that large. NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const ordered = values.toSorted((a, b) => a - b);
  const index = Math.ceil(share * ordered.length) - 1;
  return ordered[Math.max(0, index)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** A measured figure with the range of the slices of time that it was measured in. */
export interface Ranged {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Divides sums slice by slice, and all of them together: a ratio with the range that noise gave it. */
export function ratio(above: readonly number[], below: readonly number[]): Ranged {
  const slices = above.map((value, index) => value / (below[index] ?? Number.NaN));
  return { value: sum(above) / sum(below), low: Math.min(...slices), high: Math.max(...slices) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
