import { oneLine } from '../clean.ts';
import { headline } from '../headline.ts';
import { sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { report } from '../parts/report.ts';
import { marks } from '../parts/state.ts';
import { closedTag } from '../parts/tags.ts';
import { formatWords } from '../times.ts';

const words = sentences({
  en: {
    nameless: 'It',
    works: (name: string) => `${name} is working again.`,
    worksAfter: (name: string, length: string) => `${name} is working again. It was down for ${length}.`,
    handled: 'The report has been dealt with.',
    unanswered: 'The report was closed because nobody has answered it. If the trouble is still there, please report it again.',
    nothing: 'Nothing needs to be done.',
  },
  de: {
    nameless: 'Es',
    works: (name: string) => `${name} läuft wieder.`,
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
    const name = oneLine(incident.serviceName, 80) || texts.nameless;
    const unanswered = view.notification.reason === 'no-answer';
    const works =
      incident.downtimeMs >= 1000 ? texts.worksAfter(name, formatWords(incident.downtimeMs, view.language)) : texts.works(name);
    const end = incident.kind !== 'report' ? works : unanswered ? texts.unanswered : texts.handled;
    return {
      title: headline(incident, view.language, view.outside),
      lead: [unanswered ? end : `${end} ${texts.nothing}`, ...marks(incident, view)],
      ...report(incident, view),
    };
  },
  (view) => closedTag(view),
);
