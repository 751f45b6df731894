import type { Context } from '../context.ts';
import { logDecision } from '../context.ts';
import type { Draft } from '../draft.ts';
import { recipientOf } from '../people.ts';
import type { Notification } from '../record.ts';
import type { Priority } from '../rules.ts';
import { expiryMs, pace } from './notify.ts';

/** Self-notifications are kept this long after they ended, to be looked up. */
const keepSelfMs = 7 * 24 * 3_600_000;

/** Copies of one mail that may leave in all, where answers were lost. */
export const copiesLimit = 3;

/** Joins what has been collected for a recipient into one mail, once its wait is over. */
export function releaseCollected(draft: Draft, context: Context): void {
  const due = draft.outbox
    .values()
    .filter((entry) => entry.state === 'queued' && entry.collect !== null && entry.notBefore <= context.at);
  for (const entries of Map.groupBy(due, (entry) => `${recipientOf(entry)}/${entry.collect}`).values()) {
    release(draft, context, entries);
  }
}

function release(draft: Draft, context: Context, entries: readonly Notification[]): void {
  const [first] = entries;
  if (first === undefined) return;
  const recipient = recipientOf(first);
  if (first.collect === 'opening') draft.collectUntil.set(recipient, context.at + context.rules.groupWaitMs);
  if (first.collect === 'capped') pace(draft, context.at, recipient);
  if (entries.length === 1) {
    draft.outbox.set(first.key, { ...first, collect: null });
    return;
  }
  const kind = first.collect === 'opening' ? 'group' : 'digest';
  const key = `${kind}/${first.key}`;
  draft.outbox.set(key, {
    ...first,
    key,
    kind,
    reason: first.collect === 'opening' ? 'openings-collected' : first.collect === 'digest' ? 'digest-due' : 'hourly-cap',
    incidents: [...new Set(entries.flatMap((entry) => entry.incidents))],
    priority: entries.map((entry) => entry.priority).reduce(mostUrgent),
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
