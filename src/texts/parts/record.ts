import type { Incident, TimelineType } from '../../core/incident.ts';
import { oneLine } from '../clean.ts';
import { listed, quoted, sentences } from '../language.ts';
import type { Row } from '../letter.ts';
import { besideText } from '../times.ts';
import type { View } from '../view.ts';
import { firstSent } from './people.ts';

const words = sentences({
  en: {
    acted: 'Who acted',
    told: 'Who was told',
    at: (name: string, time: string) => `${name} (${time})`,
    failed: 'Not reached',
  },
  de: {
    acted: 'Wer sich gekümmert hat',
    told: 'Wer Bescheid bekam',
    at: (name: string, time: string) => `${name} (${time})`,
    failed: 'Nicht erreicht',
  },
});

const onlyReports: ReadonlySet<TimelineType> = new Set(['reported', 'joined']);

/** Everybody who acted on the incident, beyond reporting it; null where nobody did, and for outsiders. */
export function actedRow(incident: Incident, view: View): Row | null {
  const acts = incident.timeline.filter(({ type }) => !onlyReports.has(type));
  const names = acts.map(({ by }) => oneLine(by ?? '', 80)).filter((name) => name !== '');
  if (view.outside || names.length === 0) return null;
  return { label: words(view.language).acted, text: listed([...new Set(names)], view.language) };
}

/** Everybody whom a mail reached, and when it first did. */
export function toldRow(view: View): Row | null {
  const texts = words(view.language);
  const told = firstSent(view.told.filter(({ key }) => key !== view.notification.key));
  if (view.outside || told.length === 0) return null;
  const names = told.map(([name, at]) => texts.at(name, besideText(at, view.now, view.timezone, view.language)));
  return { label: texts.told, text: listed(names, view.language) };
}

/** Contacts whom no mail reached, with what the server said. */
export function failedRow(view: View): Row | null {
  const reached = new Set(view.told.filter(({ sentAt }) => sentAt !== null).map(({ to }) => to));
  const failed = view.told.filter(({ state, to }) => state === 'failed' && !reached.has(to));
  if (view.outside || failed.length === 0) return null;
  const names = new Map(failed.map(({ to, response }) => [to, response]));
  const parts = [...names].map(([name, response]) => {
    const said = oneLine(response ?? '', 120);
    return said === '' ? name : `${name}: ${quoted(said, view.language)}`;
  });
  return { label: words(view.language).failed, text: listed(parts, view.language, 4) };
}
