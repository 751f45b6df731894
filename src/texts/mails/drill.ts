import { oneLine } from '../clean.ts';
import { listFact, textFact } from '../facts.ts';
import { sentences } from '../language.ts';
import type { MailKind } from '../mail-kind.ts';
import type { View } from '../view.ts';

const words = sentences({
  en: {
    tag: 'drill',
    something: 'a service',
    subject: (service: string) => `What would happen if ${service} failed`,
    drill: 'This is a drill. Nothing is broken, and nothing needs to be done.',
    would: (service: string) => `It shows what would happen if ${service} failed now.`,
    title: 'What would happen',
    more: (count: number) => `… and ${count} more steps: incidentd rehearse`,
  },
  de: {
    tag: 'Übung',
    something: 'ein Dienst',
    subject: (service: string) => `Was geschähe, wenn ${service} ausfiele`,
    drill: 'Das ist nur eine Übung. Nichts ist kaputt, und es ist nichts zu tun.',
    would: (service: string) => `Sie zeigt, was geschähe, wenn ${service} jetzt ausfiele.`,
    title: 'Was dann geschähe',
    more: (count: number) => `… und ${count} weitere Schritte: incidentd rehearse`,
  },
});

const shownLimit = 60;

/** `rehearse --send`: what its reader would get, and when, marked so that nobody takes it for real. */
export const drill: MailKind = {
  kind: 'drill',
  subject: (view) => words(view.language).subject(serviceOf(view)),
  tag: (view) => words(view.language).tag,
  letter: (view) => {
    const texts = words(view.language);
    const lines = listFact(view.facts, 'lines');
    const left = lines.length - shownLimit;
    const shown = [...lines.slice(0, shownLimit), ...(left > 0 ? [texts.more(left)] : [])];
    return {
      title: texts.subject(serviceOf(view)),
      lead: [`${texts.drill} ${texts.would(serviceOf(view))}`],
      rows: [],
      sections: shown.length === 0 ? [] : [{ title: texts.title, lines: shown, as: 'list' }],
    };
  },
};

function serviceOf({ facts, incidents, language }: View): string {
  const name = textFact(facts, 'service') ?? oneLine(incidents[0]?.serviceName ?? '', 80);
  return name === '' ? words(language).something : name;
}
