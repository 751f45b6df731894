import { createHash } from 'node:crypto';
import type { Notification } from '../../core/notification.ts';

/** What makes a message that message: its key, and when it was decided. Keys alone begin anew with an empty state folder. */
export type Decided = Pick<Notification, 'key' | 'at'>;

/** 32 hexadecimal digits, always the same for the same decision: a copy is recognized by them. */
export function deliveryId({ key, at }: Decided): string {
  return createHash('sha256').update(`${key} ${at}`).digest('hex').slice(0, 32);
}
