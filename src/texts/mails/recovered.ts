import type { Incident } from '../../core/record.ts';
import { oneLine } from '../clean.ts';
import { headline } from '../headline.ts';
import { sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { report } from '../parts/report.ts';
import { marks } from '../parts/state.ts';
import { closedTag } from '../parts/tags.ts';
import { formatWords } from '../times.ts';
import type { View } from '../view.ts';

const words = sentences({
  en: {
    nameless: 'It',
    works: (name: string) => `${name} is working again.`,
    fine: (name: string) => `Everything is fine again with ${name}.`,
    worksAfter: (name: string, length: string) => `${name} is working again. It was down for ${length}.`,
    handled: 'The report has been dealt with.',
    unanswered: 'The report was closed because nobody has answered it. If the trouble is still there, please report it again.',
    nothing: 'Nothing needs to be done.',
  },
  de: {
    nameless: 'Es',
    works: (name: string) => `${name} läuft wieder.`,
    fine: (name: string) => `Bei ${name} ist wieder alles in Ordnung.`,
    worksAfter: (name: string, length: string) => `${name} läuft wieder. Der Ausfall hat ${length} gedauert.`,
    handled: 'Die Meldung ist erledigt.',
    unanswered:
      'Die Meldung wurde geschlossen, weil niemand darauf geantwortet hat. Besteht das Problem noch, bitte einfach neu melden.',
    nothing: 'Es ist nichts zu tun.',
  },
});

/** It works again, with the report: to all who were told, and the reporter. */
export const recovered = incidentMail(
  'recovered',
  (incident, view) => {
    const texts = words(view.language);
    const unanswered = incident.kind === 'report' && view.notification.reason === 'no-answer';
    return {
      title: headline(incident, view.language, view.outside),
      lead: [unanswered ? texts.unanswered : `${good(incident, view)} ${texts.nothing}`, ...marks(incident, view)],
      ...report(incident, view),
    };
  },
  (view) => closedTag(view),
);

function good(incident: Incident, view: View): string {
  const texts = words(view.language);
  const name = oneLine(incident.serviceName, 80) || texts.nameless;
  if (incident.kind === 'report') return texts.handled;
  if (incident.downtimeMs >= 1000) return texts.worksAfter(name, formatWords(incident.downtimeMs, view.language));
  return incident.kind === 'warning' ? texts.fine(name) : texts.works(name);
}
