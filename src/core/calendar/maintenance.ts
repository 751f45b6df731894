import type { AdHocMaintenance } from '../record.ts';
import type { MaintenanceRule, Rules } from '../rules.ts';
import { type Cron, nextStart, parseCron, previousStart } from './cron.ts';

/** A planned window, epoch ms, `to` exclusive. */
export interface MaintenanceWindow {
  readonly from: number;
  readonly to: number;
  readonly reason: string | null;
}

type WindowRules = Pick<Rules, 'maintenance' | 'timezone'>;
type AdHoc = ReadonlyMap<string, AdHocMaintenance>;
type Source = MaintenanceRule | AdHocMaintenance;

/** How many windows a union may chain in one direction: bounds the work, and `to` of a union without end. */
const longestChain = 50;

/**
 * The planned window that a service is in, or null. Windows that overlap or touch are one: `from` and `to` are those of
 * their union (at most 50 windows each way), the reason is that of the first of them in force that names one.
 */
export function windowAt(rules: WindowRules, adHoc: AdHoc, service: string, wall: number): MaintenanceWindow | null {
  const sources = sourcesOf(rules, adHoc, service);
  const covering = sources.flatMap((source) => windowOf(source, rules.timezone, wall) ?? []);
  if (covering.length === 0) return null;
  let from = Math.min(...covering.map((window) => window.from));
  let to = Math.max(...covering.map((window) => window.to));
  for (let count = 0; count < longestChain; count += 1) {
    const before = sources.flatMap((source) => windowOf(source, rules.timezone, from - 1)?.from ?? []);
    const beyond = sources.flatMap((source) => windowOf(source, rules.timezone, to)?.to ?? []);
    if (before.length === 0 && beyond.length === 0) break;
    from = Math.min(from, ...before);
    to = Math.max(to, ...beyond);
  }
  return { from, to, reason: covering.find((window) => window.reason !== null)?.reason ?? null };
}

/** The first start or end of any window strictly after an instant: of a service's windows, or of all (`service` null). Null: none. */
export function nextBoundary(rules: WindowRules, adHoc: AdHoc, service: string | null, after: number): number | null {
  const boundaries = sourcesOf(rules, adHoc, service)
    .flatMap((source) => boundariesOf(source, rules.timezone, after))
    .filter((boundary) => boundary > after);
  return boundaries.length === 0 ? null : Math.min(...boundaries);
}

function sourcesOf(rules: WindowRules, adHoc: AdHoc, service: string | null): readonly Source[] {
  const all: Source[] = [...rules.maintenance, ...adHoc.values()];
  return all.filter(({ services }) => service === null || services === 'all' || services.includes(service));
}

/** The source's own window that covers an instant: of those that overlap themselves, the one begun last. */
function windowOf(source: Source, timezone: string, wall: number): MaintenanceWindow | null {
  const recurring = recurrenceOf(source, timezone);
  const from = recurring ? latestStart(recurring, wall) : source.from;
  const to = recurring && from !== undefined ? from + recurring.durationMs : source.to;
  if (from === undefined || to === undefined || wall < from || wall >= to) return null;
  return { from, to, reason: source.reason ?? null };
}

function boundariesOf(source: Source, timezone: string, after: number): readonly number[] {
  const recurring = recurrenceOf(source, timezone);
  if (!recurring) return [source.from, source.to].filter((instant) => instant !== undefined);
  const { cron, durationMs } = recurring;
  const start = nextStart(cron, timezone, after);
  const startOfNextEnd = nextStart(cron, timezone, after - durationMs);
  return [...(start === null ? [] : [start]), ...(startOfNextEnd === null ? [] : [startOfNextEnd + durationMs])];
}

/** A rule's cron expression, read once, with the stretches between two starts that were asked for last. */
interface Recurrence {
  readonly cron: Cron;
  readonly timezone: string;
  readonly durationMs: number;
  readonly stretches: { readonly from: number; readonly to: number }[];
}

const recurrences = new WeakMap<Source, Recurrence>();
const keptStretches = 4;

function recurrenceOf(source: Source, timezone: string): Recurrence | null {
  if (!('schedule' in source) || source.schedule === undefined || source.durationMs === undefined) return null;
  const known = recurrences.get(source);
  if (known && known.timezone === timezone) return known;
  const cron = parseCron(source.schedule);
  if (!cron) return null;
  const recurrence: Recurrence = { cron, timezone, durationMs: source.durationMs, stretches: [] };
  recurrences.set(source, recurrence);
  return recurrence;
}

/** `previousStart`, remembered: it is asked for every service in every step, mostly within the same stretch. */
function latestStart({ cron, timezone, stretches }: Recurrence, wall: number): number | undefined {
  const known = stretches.find((stretch) => stretch.from <= wall && wall < stretch.to);
  if (known) return known.from;
  const from = previousStart(cron, timezone, wall);
  if (from === null) return undefined;
  stretches.push({ from, to: nextStart(cron, timezone, wall) ?? Number.POSITIVE_INFINITY });
  if (stretches.length > keptStretches) stretches.shift();
  return from;
}
