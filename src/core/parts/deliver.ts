import { type Context, logDecision, type Part, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Notification } from '../notification.ts';
import { recipientKey, recipientOf, refusedForMs } from '../people.ts';
import { copiesLimit, foldPointless, isFinal } from './collect.ts';
import { type Tell, tellAboutSelf } from './notify.ts';
import { passOn } from './tell-level.ts';

/** Waits between tries of one mail, ms; the last one repeats. */
const backoffMs = [5_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000];

/** A copy whose answer was lost is repeated no sooner. */
const doubtMs = 10 * 60_000;

/** Marks entries as being sent: written before anything leaves. */
export const startDelivery: Part<'delivery-started'> = (draft, event) => {
  for (const key of event.keys) {
    const entry = draft.outbox.get(key);
    if (entry === undefined || isFinal(entry) || entry.state === 'sending') continue;
    draft.outbox.set(key, { ...entry, state: 'sending', attempts: entry.attempts + 1 });
  }
};

/** Takes in how a try ended, and decides what follows. */
export const endDelivery: Part<'delivery-ended'> = (draft, event, context) => {
  const entry = draft.outbox.get(event.key);
  if (entry === undefined || isFinal(entry)) return;
  const ended: Notification = { ...entry, response: event.response };
  logDecision(context, 'delivery ended', {
    key: entry.key,
    outcome: event.state,
    response: event.response,
    attempt: entry.attempts,
  });
  if (event.state === 'sent') {
    draft.outbox.set(entry.key, { ...ended, state: 'sent', sentAt: context.at });
    draft.refused.delete(recipientOf(entry));
  } else if (event.state === 'refused') {
    refuse(draft, context, ended);
  } else if (event.state === 'uncertain') {
    draft.outbox.set(entry.key, { ...ended, state: 'uncertain', doubtful: entry.doubtful + 1, notBefore: context.at + doubtMs });
  } else {
    retry(draft, context, ended);
  }
};

function retry(draft: Draft, context: Context, entry: Notification): void {
  const waitMs = backoffMs[Math.min(entry.attempts, backoffMs.length) - 1] ?? 0;
  // A copy may be out already from a life before: its state stays doubtful, so that the bound on copies holds.
  draft.outbox.set(entry.key, { ...entry, state: 'queued', notBefore: context.at + waitMs });
  for (const id of entry.incidents) foldPointless(draft, id);
}

function refuse(draft: Draft, context: Context, entry: Notification): void {
  draft.outbox.set(entry.key, { ...entry, state: 'failed' });
  draft.refused.set(recipientOf(entry), context.at);
  noteFailure(draft, context, entry);
  tellRefused(draft, context, entry);
  for (const id of entry.incidents) passOn(draft, context, id);
}

/** Tells the admin, by a way that is not refused; where there is none, somebody else. */
function tellRefused(draft: Draft, context: Context, { to, channel, address, response }: Notification): void {
  const { admin } = context.rules;
  if (admin === undefined) return;
  const key = `refused/${recipientKey(to, channel)}/${Math.floor(context.at / 86_400_000)}`;
  const what: Tell = {
    kind: 'recipient-refused',
    reason: 'recipient-refused',
    facts: { recipient: address, contact: to, channel, response: response ?? '', until: context.at + refusedForMs },
  };
  const told = tellAboutSelf(draft, context, [admin], key, what);
  if (told.length === 0) tellAboutSelf(draft, context, othersThan(admin, context), key, what);
}

/** Somebody else who can hear that the admin's own address is refused. */
function othersThan(admin: string, { rules }: Context): string[] {
  return Object.keys(rules.contacts)
    .filter((id) => id !== admin && rules.contacts[id]?.outside !== true)
    .slice(0, 1);
}

/** Notes in the incidents' logs that a notification failed. */
export function noteFailure(draft: Draft, context: Context, entry: Notification): void {
  for (const id of entry.incidents) {
    if (!draft.incidents.has(id)) continue;
    update(
      draft,
      id,
      {},
      {
        at: context.at,
        type: 'notification-failed',
        text: entry.response ?? '',
        facts: { to: entry.to, address: entry.address, response: entry.response ?? '' },
      },
    );
  }
}

/** Gives up what is too old, and lets doubtful copies be tried once more until their bound. */
export function expire(draft: Draft, context: Context): void {
  for (const entry of draft.outbox.values()) {
    if (isFinal(entry) || entry.state === 'sending') continue;
    if (entry.expiresAt <= context.at) {
      draft.outbox.set(entry.key, { ...entry, state: 'failed' });
      noteFailure(draft, context, entry);
      logDecision(context, 'notification given up', { key: entry.key, attempts: entry.attempts }, 'warn');
    }
  }
}

/** After a start: what was being sent is tried again at once, once, with the same Message-ID; the rest need not wait. */
export function resumeDelivery(draft: Draft, context: Context): void {
  for (const entry of draft.outbox.values()) {
    if (isFinal(entry)) continue;
    if (entry.state === 'sending') {
      const doubtful = entry.doubtful + 1;
      const state = doubtful >= copiesLimit ? 'uncertain' : 'queued';
      const notBefore = entry.doubtful === 0 ? context.at : context.at + doubtMs;
      draft.outbox.set(entry.key, { ...entry, state, doubtful, notBefore });
    } else if (entry.state === 'queued' && entry.collect === null) {
      draft.outbox.set(entry.key, { ...entry, notBefore: Math.min(entry.notBefore, context.at) });
    }
  }
}
