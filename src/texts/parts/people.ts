import type { Incident } from '../../core/incident.ts';
import type { Notification } from '../../core/notification.ts';
import { oneLine } from '../clean.ts';
import { listed, sentences } from '../language.ts';
import type { Row } from '../letter.ts';
import { besideText } from '../times.ts';
import { isOver, type View } from '../view.ts';

const words = sentences({
  en: {
    take: 'I take it',
    takes: 'On it',
    takesUntil: (by: string, until: string) => `${by}, until ${until}`,
    tell: (admin: string) => `Whoever takes it, please tell ${admin}.`,
    tellOrType: (admin: string) => `Whoever takes it tells ${admin}, or types on the server:`,
    type: 'Type this on the server, and nobody else is disturbed:',
    knows: 'Who knows',
    since: (name: string, since: string) => `${name} (since ${since})`,
    alongside: (names: string) => `told at the same time: ${names}`,
    nobody: 'Nobody else so far.',
  },
  de: {
    take: 'Ich übernehme',
    takes: 'Kümmert sich',
    takesUntil: (by: string, until: string) => `${by}, bis ${until}`,
    tell: (admin: string) => `Wer sich kümmert, sagt bitte kurz ${admin} Bescheid.`,
    tellOrType: (admin: string) => `Wer sich kümmert, sagt kurz ${admin} Bescheid oder gibt auf dem Server ein:`,
    type: 'Auf dem Server eingeben, dann wird niemand sonst gestört:',
    knows: 'Bescheid wissen',
    since: (name: string, since: string) => `${name} (seit ${since})`,
    alongside: (names: string) => `zeitgleich benachrichtigt: ${names}`,
    nobody: 'Bisher sonst niemand.',
  },
});

/** How to say "I take it", or who has it already; null when it is over. */
export function takeRow(incident: Incident, view: View): Row | null {
  if (isOver(incident)) return null;
  const texts = words(view.language);
  if (incident.acknowledged !== null) {
    const { by, until } = incident.acknowledged;
    return { label: texts.takes, text: texts.takesUntil(oneLine(by, 80), view.time(until)) };
  }
  return { label: texts.take, ...takeText([incident.id], view) };
}

/** What to say or type to take incidents. */
export function takeText(ids: readonly string[], view: View): Pick<Row, 'text' | 'code'> {
  const texts = words(view.language);
  const admin = adminName(view);
  if (view.outside) return { text: admin === null ? '' : texts.tell(admin) };
  const code = ids.map((id) => `incidentd ack ${id} --by ${shellWord(view.contact.id)}`).join('\n');
  return { text: admin === null ? texts.type : texts.tellOrType(admin), code };
}

/** The admin with address, as the person to turn to; null when the reader is the admin, or there is none. */
export function adminName({ rules, contact }: View): string | null {
  const admin = rules.admin === undefined ? undefined : rules.contacts[rules.admin];
  if (admin === undefined || admin.id === contact.id) return null;
  const address = admin.channels.find(({ kind }) => kind === 'email')?.address;
  return address === undefined ? admin.id : `${admin.id} (${oneLine(address)})`;
}

/** A word for a shell, quoted where it must be. */
export function shellWord(text: string): string {
  return /^[\p{L}\p{N}._@-]+$/u.test(text) ? text : `'${oneLine(text).replaceAll("'", `'\\''`)}'`;
}

/** Who else has been told and since when; null for outsiders. */
export function knowsRow(view: View): Row | null {
  if (view.outside) return null;
  const texts = words(view.language);
  const { notification, told } = view;
  const others = told.filter(({ to, key }) => to !== notification.to && key !== notification.key);
  const reached = firstSent(others);
  const known = reached.map(([name, at]) => texts.since(name, besideText(at, view.now, view.timezone, view.language)));
  const isNews = ({ to }: Notification) => !reached.some(([name]) => name === to);
  const alongside = others
    .filter((entry) => isOnItsWay(entry) && entry.at === notification.at && isNews(entry))
    .map(({ to }) => to);
  const parts = [
    ...(known.length > 0 ? [listed(known, view.language)] : []),
    ...(alongside.length > 0 ? [texts.alongside(listed([...new Set(alongside)], view.language))] : []),
  ];
  return { label: texts.knows, text: parts.length === 0 ? texts.nobody : parts.join('; ') };
}

function isOnItsWay({ state, collect }: Notification): boolean {
  return (state === 'queued' || state === 'sending') && collect === null;
}

/** Each contact that a mail has reached, with the time of the first, in that order. */
export function firstSent(notifications: readonly Notification[]): readonly (readonly [string, number])[] {
  const first = new Map<string, number>();
  for (const { to, sentAt } of notifications) {
    if (sentAt !== null) first.set(to, Math.min(first.get(to) ?? sentAt, sentAt));
  }
  return [...first].sort((a, b) => a[1] - b[1]);
}
