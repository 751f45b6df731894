import { oneLine } from './clean.ts';
import { incidentTitle } from './headline.ts';
import { notificationKindWords } from './kinds.ts';
import { listed, sentences } from './language.ts';
import { mailKinds } from './mail-kinds.ts';
import type { Message } from './message.ts';
import { stateTag } from './parts/tags.ts';
import { isList, type View, viewOf } from './view.ts';

const words = sentences({
  en: { incidents: (count: number, names: string) => `${count} incidents: ${names}` },
  de: { incidents: (count: number, names: string) => `${count} Vorfälle: ${names}` },
});

/**
 * `[P1] Website: does not answer (timeout) (INC-2026-0042)`: the tag tells the state, the rest stays the same through
 * the incident's life. One line without control characters.
 */
export function subject(message: Message): string {
  const view = viewOf(message);
  const kind = mailKinds[message.notification.kind];
  const tag = kind.tag?.(view) ?? stateTag(view);
  return oneLine(`[${tag}] ${kind.subject?.(view) ?? about(view)}`, 250);
}

function about(view: View): string {
  const { incidents, language, notification, noun } = view;
  const [first] = incidents;
  if (first === undefined) return notificationKindWords[language][notification.kind];
  if (!isList(view)) return incidentTitle(first, language, view.outside);
  const names = incidents.map(({ serviceName, id }) => oneLine(serviceName, 40) || id);
  const text = words(language).incidents(incidents.length, listed([...new Set(names)], language, 6));
  return notification.kind === 'digest' ? `${noun.digest}: ${text}` : text;
}
