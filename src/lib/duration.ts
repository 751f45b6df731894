/** Durations, shares and sizes: from what an admin types to numbers, and back to short text. */

const durationUnits = { y: 365 * 86_400_000, w: 7 * 86_400_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;
type DurationUnit = keyof typeof durationUnits;

const sizeUnits: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  K: 2 ** 10,
  M: 2 ** 20,
  G: 2 ** 30,
  T: 2 ** 40,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/**
 * Milliseconds of `30s`, `5m`, `2h`, `14d`, `1w`, `3y` (365 days) or `500ms`; larger units may be followed by smaller
 * ones (`1h30m`, `2h 30m`) and numbers may have decimals (`1.5h`). Null for anything else, a bare number included.
 */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed.length > 40 || !/^(\d+(\.\d+)?(ms|[ywdhms])\s*)+$/.test(trimmed)) return null;
  let total = 0;
  let last = Number.POSITIVE_INFINITY;
  for (const [, number, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|[ywdhms])/g)) {
    const unitMs = durationUnits[unit as DurationUnit];
    if (unitMs >= last) return null;
    total += Number(number) * unitMs;
    last = unitMs;
  }
  const rounded = Math.round(total);
  return Number.isSafeInteger(rounded) ? rounded : null;
}

/** Compact text for admins, at most two units, cut and not rounded: `340ms`, `1.5s`, `2h 30m`, `14d`, `3y`. */
export function formatDuration(ms: number): string {
  if (ms < 0) return `-${formatDuration(-ms)}`;
  if (ms > 0 && ms < 1000) return `${Math.max(1, Math.floor(ms))}ms`;
  if (ms < 60_000) return `${Math.floor(ms / 100) / 10}s`;
  const parts: string[] = [];
  let rest = ms;
  for (const unit of ['y', 'd', 'h', 'm', 's'] as const) {
    const count = Math.floor(rest / durationUnits[unit]);
    rest -= count * durationUnits[unit];
    if (count > 0) parts.push(`${count}${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

/** Share 0–1 of `90%` or `12.5%`; null without the percent sign and above 100 %. */
export function parseShare(text: string): number | null {
  const match = /^(\d{1,3}(?:\.\d+)?)\s?%$/.exec(text.trim());
  if (!match) return null;
  const percent = Number(match[1]);
  return percent <= 100 ? percent / 100 : null;
}

/** `0.9` as `90%`, with one decimal where it is needed. */
export function formatShare(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}

/**
 * Bytes of `20GiB` (1024-based: KiB MiB GiB TiB, and K M G T as `df -h` means them) or `20GB` (1000-based:
 * kB MB GB TB); decimals allowed. Null for anything else, a bare number included.
 */
export function parseSize(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s?([A-Za-z]{1,3})$/.exec(text.trim());
  const unit = match ? sizeUnits[match[2] ?? ''] : undefined;
  if (!match || unit === undefined) return null;
  const bytes = Math.round(Number(match[1]) * unit);
  return Number.isSafeInteger(bytes) ? bytes : null;
}

/** Bytes in the largest 1024-based unit that fits, one decimal below ten: `512B`, `1.5GiB`, `20GiB`. */
export function formatSize(bytes: number): string {
  if (bytes < 0) return `-${formatSize(-bytes)}`;
  const unit = (['TiB', 'GiB', 'MiB', 'KiB'] as const).find((name) => bytes >= (sizeUnits[name] ?? 1)) ?? 'B';
  const count = bytes / (sizeUnits[unit] ?? 1);
  return `${count < 10 ? Math.floor(count * 10) / 10 : Math.floor(count)}${unit}`;
}
