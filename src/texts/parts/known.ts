import type { Incident } from '../../core/incident.ts';
import { knownText } from '../known.ts';
import { asSentence, sentences } from '../language.ts';
import type { Row } from '../letter.ts';
import { isOver, type View } from '../view.ts';

const words = sentences({ en: { known: 'Known' }, de: { known: 'Bekannt' } });

/** What is known of earlier incidents like this one; null where that is nothing. */
export function knownRow(incident: Incident, view: View): Row | null {
  if (incident.known === null || isOver(incident)) return null;
  const text = knownText(incident.known, incident.service, view);
  return text === null ? null : { label: words(view.language).known, text: asSentence(text) };
}
