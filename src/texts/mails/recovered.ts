import type { Incident } from '../../core/incident.ts';
import { oneLine } from '../clean.ts';
import { isCutOff } from '../cut-off.ts';
import { listFact, textFact } from '../facts.ts';
import { headline } from '../headline.ts';
import { sentences } from '../language.ts';
import { present } from '../letter.ts';
import { incidentMail } from '../mail-kind.ts';
import { marksAfter } from '../parts/marks.ts';
import { report } from '../parts/report.ts';

import { closedTag } from '../parts/tags.ts';
import { formatWords } from '../times.ts';
import type { View } from '../view.ts';

const words = sentences({
  en: {
    nameless: 'It',
    works: (name: string) => `${name} is working again.`,
    fine: (name: string) => `Everything is fine again with ${name}.`,
    worksAfter: (name: string, length: string) => `${name} is working again. It was down for ${length}.`,
    seesAgain: 'The monitoring server has its network back, and what it watches can be seen again.',
    seesAgainAfter: (length: string) =>
      `The monitoring server has its network back after ${length}, and what it watches can be seen again.`,
    handled: 'The report has been dealt with.',
    unanswered: 'The report was closed because nobody has answered it. If the trouble is still there, please report it again.',
    replaced: 'The certificate has been replaced by another one. What is wrong now has an incident of its own.',
    nothing: 'Nothing needs to be done.',
    somebody: 'Somebody',
    forced: (by: string, mails: string) =>
      `${by} has closed this although the check still fails. No more ${mails} follow about it until it has recovered and fails again.`,
  },
  de: {
    nameless: 'Es',
    works: (name: string) => `${name} läuft wieder.`,
    fine: (name: string) => `Bei ${name} ist wieder alles in Ordnung.`,
    worksAfter: (name: string, length: string) => `${name} läuft wieder. Der Ausfall hat ${length} gedauert.`,
    seesAgain: 'Der Überwachungsserver hat wieder Netz, und was er überwacht, ist wieder zu sehen.',
    seesAgainAfter: (length: string) =>
      `Der Überwachungsserver hat nach ${length} wieder Netz, und was er überwacht, ist wieder zu sehen.`,
    handled: 'Die Meldung ist erledigt.',
    unanswered:
      'Die Meldung wurde geschlossen, weil niemand darauf geantwortet hat. Besteht das Problem noch, bitte einfach neu melden.',
    replaced: 'Das Zertifikat wurde durch ein anderes ersetzt. Was jetzt nicht stimmt, hat einen eigenen Vorfall.',
    nothing: 'Es ist nichts zu tun.',
    somebody: 'Jemand',
    forced: (by: string, mails: string) =>
      `${by} hat das abgeschlossen, obwohl die Prüfung noch fehlschlägt. Dazu kommen keine weiteren ${mails}, bis es wieder lief und erneut ausfällt.`,
  },
});

/** It works again, with the report: to all who were told, and the reporter. */
export const recovered = incidentMail(
  'recovered',
  (incident, view) => {
    return {
      title: headline(incident, view.language, view.outside),
      lead: present([how(incident, view), marksAfter(incident, view)]),
      ...report(incident, view),
    };
  },
  (view) => closedTag(view),
);

/** How it came to its end. */
function how(incident: Incident, view: View): string {
  const texts = words(view.language);
  const { reason } = view.notification;
  if (reason === 'no-answer') return texts.unanswered;
  if (reason === 'certificate-replaced') return texts.replaced;
  if (reason === 'closed-by-force') return texts.forced(textFact(view.facts, 'by') ?? texts.somebody, view.noun.many);
  const works = good(incident, view);
  return listFact(view.facts, 'remaining').length > 0 ? works : `${works} ${texts.nothing}`;
}

function good(incident: Incident, view: View): string {
  const texts = words(view.language);
  const name = oneLine(incident.serviceName, 80) || texts.nameless;
  if (incident.kind === 'report') return texts.handled;
  if (isCutOff(incident)) return seesAgain(incident, view);
  if (incident.downtimeMs >= 1000) return texts.worksAfter(name, formatWords(incident.downtimeMs, view.language));
  return incident.kind === 'warning' ? texts.fine(name) : texts.works(name);
}

/** How long this server was cut off; to nobody's downtime. */
function seesAgain({ startedAt, recoveredAt }: Incident, view: View): string {
  const texts = words(view.language);
  const length = (recoveredAt ?? startedAt) - startedAt;
  return length < 1000 ? texts.seesAgain : texts.seesAgainAfter(formatWords(length, view.language));
}
