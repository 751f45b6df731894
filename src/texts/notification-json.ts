import type { Notification, NotificationKind, NotificationState } from '../core/notification.ts';
import { iso } from './iso.ts';

export interface NotificationJson {
  readonly at: string;
  readonly kind: NotificationKind;
  readonly reason: string;
  readonly to: string;
  readonly channel: string;
  readonly state: NotificationState;
  readonly attempts: number;
  /** The incident in whose thread it was sent, where that is another one: its end, which told of this one's begin. */
  readonly incident?: string;
  /** Where it was told instead, once it is folded: the kind and time of that message, and its incident where that is another one. */
  readonly foldedInto?: FoldedInto;
}

export interface FoldedInto {
  readonly kind?: NotificationKind;
  readonly at?: string;
  readonly incident?: string;
}

/** The notifications of incident `id` as JSON; what one was folded into is looked for among them. */
export function notificationsJson(notifications: readonly Notification[], id: string): readonly NotificationJson[] {
  const all = new Map(notifications.map((one) => [one.key, one]));
  return notifications.map((one) => notificationJson(one, id, all));
}

function notificationJson(notification: Notification, id: string, all: ReadonlyMap<string, Notification>): NotificationJson {
  const { at, kind, reason, to, channel, state, attempts } = notification;
  const other = otherIncident(notification, id);
  const told = foldedInto(notification, id, all);
  return {
    at: iso(at),
    kind,
    reason,
    to,
    channel,
    state,
    attempts,
    ...(other === null ? {} : { incident: other }),
    ...(told === null ? {} : { foldedInto: told }),
  };
}

/** The incident in whose thread it stands, where that is not `id`; null else, and where it tells of several. */
function otherIncident({ incidents, kind }: Notification, id: string): string | null {
  const [first] = incidents;
  return first === undefined || first === id || kind === 'group' || kind === 'digest' ? null : first;
}

/** Folds may follow each other; the last one was sent, or will be. */
function foldedInto(notification: Notification, id: string, all: ReadonlyMap<string, Notification>): FoldedInto | null {
  let key = notification.foldedInto;
  if (notification.state !== 'folded' || key === null) return null;
  let told = all.get(key);
  for (let further = 0; told?.state === 'folded' && told.foldedInto !== null && further < all.size; further += 1) {
    key = told.foldedInto;
    told = all.get(key);
  }
  if (told === undefined) return fromKey(key, id);
  const other = otherIncident(told, id);
  return { kind: told.kind, at: iso(told.sentAt ?? told.at), ...(other === null ? {} : { incident: other }) };
}

/** What its key tells of a message that is not at hand: that it was about several incidents, or about which one. */
function fromKey(key: string, id: string): FoldedInto | null {
  const [first = ''] = key.split('/');
  if (first === 'group' || first === 'digest') return { kind: first };
  return /^INC-\d+-\d+$/.test(first) && first !== id ? { incident: first } : null;
}
