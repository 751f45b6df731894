import type { Incident } from '../../core/incident.ts';
import { findingText, mostTelling } from '../findings.ts';
import { sentences } from '../language.ts';
import type { Section } from '../letter.ts';
import type { View } from '../view.ts';

const words = sentences({ en: { title: 'What was looked at' }, de: { title: 'Was geprüft wurde' } });

const shownLimit = 10;

/** What was looked at from this server outwards, one finding a line. */
export function lookedSection({ diagnosis }: Incident, view: View): readonly Section[] {
  const findings = mostTelling(diagnosis?.findings ?? [], shownLimit);
  if (findings.length === 0) return [];
  const lines = findings.map((finding) => findingText(finding, view.language));
  return [{ title: words(view.language).title, lines, as: 'list' }];
}
