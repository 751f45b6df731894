import type { Context } from '../context.ts';
import { logDecision } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Notification } from '../notification.ts';
import { recipientOf } from '../people.ts';
import type { Priority } from '../rules.ts';
import { expiryMs } from './notify.ts';
import { isUrgent, pace } from './timing.ts';

/** Self-notifications are kept this long after they ended, to be looked up. */
const keepSelfMs = 7 * 24 * 3_600_000;

/** More than this are not joined into one mail. */
const joinLimit = 500;

/** Copies of one mail that may leave in all, where answers were lost. */
export const copiesLimit = 3;

/**
 * Joins what has been collected for a recipient into one mail, once the wait of any of it is over: a P1 takes the
 * openings that were waiting along.
 */
export function releaseCollected(draft: Draft, context: Context): void {
  const waiting = draft.outbox.values().filter((entry) => entry.state === 'queued' && entry.collect !== null);
  for (const entries of Map.groupBy(waiting, (entry) => `${recipientOf(entry)}/${entry.collect}`).values()) {
    const due = entries.filter((entry) => entry.notBefore <= context.at);
    if (due.length === 0) continue;
    const together = entries[0]?.collect === 'opening' ? entries : due;
    for (let from = 0; from < together.length; from += joinLimit) {
      release(draft, context, together.slice(from, from + joinLimit));
    }
  }
}

function release(draft: Draft, context: Context, entries: readonly Notification[]): void {
  const [first] = entries;
  if (first === undefined || first.collect === null) return;
  const recipient = recipientOf(first);
  const priority = entries.map((entry) => entry.priority).reduce(mostUrgent);
  if (first.collect === 'opening') draft.collectUntil.set(recipient, context.at + context.rules.groupWaitMs);
  const timing = isUrgent(priority) && first.collect === 'opening' ? null : pace(draft, context.at, recipient);
  if (timing !== null && timing.collect !== null) {
    for (const entry of entries) draft.outbox.set(entry.key, { ...entry, ...timing });
    return;
  }
  if (entries.length === 1) draft.outbox.set(first.key, { ...first, collect: null, notBefore: context.at });
  else join(draft, context, entries, priority);
}

const reasons = { opening: 'openings-collected', digest: 'digest-due', capped: 'hourly-cap' } as const;

function join(draft: Draft, context: Context, entries: readonly Notification[], priority: Priority | null): void {
  const [first] = entries;
  if (first === undefined || first.collect === null) return;
  const kind = first.collect === 'opening' ? 'group' : 'digest';
  const key = `${kind}/${first.key}`;
  draft.outbox.set(key, {
    ...first,
    key,
    kind,
    reason: reasons[first.collect],
    incidents: [...new Set(entries.flatMap((entry) => entry.incidents))],
    priority,
    facts: { kinds: entries.map((entry) => entry.kind) },
    at: context.at,
    notBefore: context.at,
    expiresAt: context.at + expiryMs,
    collect: null,
  });
  for (const entry of entries) fold(draft, entry, key);
  logDecision(context, 'notifications collected', { key, count: entries.length });
}

function mostUrgent(a: Priority | null, b: Priority | null): Priority | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** Marks an entry as told by another. */
export function fold(draft: Draft, entry: Notification, into: string): void {
  draft.outbox.set(entry.key, { ...entry, state: 'folded', foldedInto: into, collect: null });
}

/**
 * Folds what still waits for a recipient into the newest recovery mail that waits behind it, which tells all that it
 * would have told and then says so. A mail about several incidents is folded once that holds for each of them.
 */
export function foldPointless(draft: Draft, incident: string): void {
  const entries = draft.outbox.group(incident);
  for (const [recipient, own] of Map.groupBy(entries, recipientOf)) {
    const last = own.findLastIndex(isWaitingRecovery);
    const recovery = own[last];
    if (recovery === undefined) continue;
    const pointless = own.slice(0, last).filter((entry) => isPointless(draft, entry, recovery, recipient));
    if (pointless.length === 0) continue;
    for (const entry of pointless) fold(draft, entry, recovery.key);
    const earlier = recovery.facts.folded;
    const folded = [...(Array.isArray(earlier) ? earlier : []), ...pointless.map(({ kind }) => kind)];
    draft.outbox.set(recovery.key, { ...recovery, facts: { ...recovery.facts, folded } });
  }
}

function isPointless(draft: Draft, entry: Notification, recovery: Notification, recipient: string): boolean {
  if (entry.state !== 'queued' || entry.doubtful > 0) return false;
  // From the end: in a storm what opened first recovers first, so the answer is found at once.
  const left = entry.incidents.findLast((id) => !recovery.incidents.includes(id) && !hasRecovery(draft, id, recipient, entry));
  return left === undefined;
}

function isWaitingRecovery({ kind, state }: Notification): boolean {
  return kind === 'recovered' && state === 'queued';
}

/** True when another mail waits that tells the recipient of an incident's recovery. */
function hasRecovery(draft: Draft, incident: string, recipient: string, besides: Notification): boolean {
  const entries = draft.outbox.group(incident);
  return entries.some((entry) => entry !== besides && isWaitingRecovery(entry) && recipientOf(entry) === recipient);
}

/** Forgets what is over: notifications about incidentd itself, old windows, caps and refusals. */
export function prune(draft: Draft, context: Context): void {
  const { at } = context;
  for (const entry of draft.outbox.values()) {
    if (entry.incidents.length === 0 && isFinal(entry) && at - entry.at > keepSelfMs) draft.outbox.delete(entry.key);
  }
  for (const [id, window] of draft.maintenance.entries()) if (window.to <= at) draft.maintenance.delete(id);
  for (const [recipient, until] of draft.collectUntil.entries()) if (until <= at) draft.collectUntil.delete(recipient);
  for (const [recipient, times] of draft.paced.entries()) {
    if (times.every((time) => time <= at - 3_600_000)) draft.paced.delete(recipient);
  }
}

/** True when nothing more will be tried. */
export function isFinal(entry: Notification): boolean {
  if (entry.state === 'uncertain') return entry.doubtful >= copiesLimit;
  return entry.state === 'sent' || entry.state === 'failed' || entry.state === 'folded';
}
