import { domainToASCII } from 'node:url';
import type { Notification } from '../../core/notification.ts';
import type { Message } from '../contract.ts';
import { type Decided, deliveryId } from '../support/delivery-id.ts';

/**
 * The Message-ID of a notification (RFC 5322 3.6.4): always the same for the same decision, so that a copy is recognized,
 * with the beginning of the key readable.
 */
export function messageId(decided: Decided, from: string): string {
  const readable = decided.key
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '.')
    .slice(0, 60)
    .replace(/^\.|\.$/g, '');
  const digest = deliveryId(decided).slice(0, 16);
  return `<${[readable, digest].filter((part) => part !== '').join('.')}@${domainOf(from)}>`;
}

/** The domain of an address in ASCII. */
export function domainOf(address: string): string {
  return domainToASCII(address.slice(address.lastIndexOf('@') + 1)) || 'localhost';
}

/** How many earlier threads one mail is hung into at most. */
const rootsLimit = 20;

/**
 * The mails that this one hangs under: for each incident the first mail that was not folded into another; of a
 * folded one the mail that told it instead. Empty where this mail begins the thread, and for digests.
 */
export function threadRoots(message: Message): readonly Decided[] {
  const { notification } = message;
  if (notification.kind === 'digest') return [];
  const all = new Map([...message.told, ...message.thread, notification].map((entry) => [entry.key, entry]));
  const roots = notification.incidents.flatMap((incident) => {
    const first = message.thread.find((entry) => entry.incidents.includes(incident) && isTold(entry));
    return first === undefined ? [] : [tellerOf(first, all)];
  });
  return [...new Set(roots)].filter(({ key }) => key !== notification.key).slice(0, rootsLimit);
}

function isTold({ state, foldedInto }: Notification): boolean {
  return state !== 'folded' || foldedInto !== null;
}

/** The mail that tells of `entry`: itself, or what it was folded into, as far as that goes. */
function tellerOf(entry: Notification, all: ReadonlyMap<string, Notification>): Notification {
  let teller = entry;
  for (let hop = 0; hop < 5; hop += 1) {
    const into = all.get(teller.foldedInto ?? '');
    if (into === undefined) break;
    teller = into;
  }
  return teller;
}
