import { oneLine } from '../clean.ts';
import { sentences } from '../language.ts';
import { isList, type View } from '../view.ts';
import { categoryWords, priorityWords } from '../words.ts';

const words = sentences({
  en: {
    number: (id: string, priority: string, category: string) => `${id} · ${priority} · ${category}`,
    automatic: (site: string, mail: string) =>
      `Sent by incidentd, the monitoring of ${site}. Answers to this ${mail} are not read.`,
    zone: (zone: string) => `Times are those of ${zone}.`,
  },
  de: {
    number: (id: string, priority: string, category: string) => `${id} · ${priority} · ${category}`,
    automatic: (site: string, mail: string) =>
      `Verschickt von incidentd, der Überwachung von ${site}. Antworten auf diese ${mail} liest niemand.`,
    zone: (zone: string) => `Uhrzeiten gelten für ${zone}.`,
  },
});

/** The last lines of every mail: number, urgency, where it comes from. */
export function footer(view: View): readonly string[] {
  const texts = words(view.language);
  const [incident] = view.incidents;
  const number =
    incident === undefined || isList(view)
      ? []
      : [
          texts.number(
            incident.id,
            priorityWords[view.language][incident.priority],
            categoryWords[view.language][incident.category],
          ),
        ];
  return [...number, `${texts.automatic(oneLine(view.rules.site, 80), view.noun.one)} ${texts.zone(view.timezone)}`];
}
