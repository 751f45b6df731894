import { headline } from '../headline.ts';
import { sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { shellWord } from '../parts/people.ts';
import { report } from '../parts/report.ts';
import { helpedBy } from '../remedies.ts';

const words = sentences({
  en: {
    both: 'This is over. What was the cause, and what fixed it? Two short sentences help whoever has it next time.',
    cause: 'This is over. What was the cause? One short sentence helps whoever has it next time.',
    fix: 'This is over. What fixed it? One short sentence helps whoever has it next time.',
    causeAfter: (remedy: string) =>
      `This is over; ${remedy} has fixed it by itself. What was the cause? One short sentence helps whoever has it next time.`,
    label: 'To record it',
    type: 'Type this on the server, in your own words:',
    causeWords: 'what it was',
    fixWords: 'what helped',
  },
  de: {
    both: 'Das ist überstanden. Was war die Ursache, und was hat geholfen? Zwei kurze Sätze helfen beim nächsten Mal.',
    cause: 'Das ist überstanden. Was war die Ursache? Ein kurzer Satz hilft beim nächsten Mal.',
    fix: 'Das ist überstanden. Was hat geholfen? Ein kurzer Satz hilft beim nächsten Mal.',
    causeAfter: (remedy: string) =>
      `Das ist überstanden; geholfen hat von selbst: ${remedy}. Was war die Ursache? Ein kurzer Satz hilft beim nächsten Mal.`,
    label: 'So wird es festgehalten',
    type: 'Auf dem Server eingeben, in eigenen Worten:',
    causeWords: 'was es war',
    fixWords: 'was geholfen hat',
  },
});

/** Closed without cause or fix: the owner is asked for them. */
export const causeMissing = incidentMail('cause-missing', (incident, view) => {
  const texts = words(view.language);
  const noCause = incident.resolution?.cause === undefined;
  const remedy = helpedBy(incident.remedies);
  const noFix = incident.resolution?.fix === undefined && remedy === null;
  const question =
    noCause && remedy !== null && !view.outside
      ? texts.causeAfter(remedy)
      : noCause === noFix
        ? texts.both
        : noCause
          ? texts.cause
          : texts.fix;
  const options = [
    ...(noCause || !noFix ? [`--cause '${texts.causeWords}'`] : []),
    ...(noFix || !noCause ? [`--fix '${texts.fixWords}'`] : []),
  ].join(' ');
  const code = `incidentd resolve ${incident.id} ${options} --by ${shellWord(view.contact.id)}`;
  const { rows, sections } = report(incident, view);
  return {
    title: headline(incident, view.language, view.outside),
    lead: [question],
    rows: [...(view.outside ? [] : [{ label: texts.label, text: texts.type, code }]), ...rows],
    sections,
  };
});
