import { sentences } from './language.ts';
import { ordinal } from './ordinal.ts';

type Text = string | null;
type Count = number | null;

function part(value: Text, build: (value: string) => string): string {
  return value === null || value === '' ? '' : build(value);
}

/** Sentences of an incident's log about causes, dependencies and attempts; a missing fact is null and leaves its part out. */
export const insightWords = sentences({
  en: {
    causeChanged: (cause: Text, before: Text) =>
      `It fails for another reason now${part(cause, (it) => `: ${it}`)}${part(before, (it) => `; before: ${it}`)}`,
    diagnosed: (check: string, cause: Text) =>
      `Looked into why${part(check, (it) => ` ${it}`)} fails${part(cause, (it) => `: ${it}`)}`,
    recalled: (seen: Count) =>
      seen === null || seen < 1 ? 'Found similar incidents of before' : `Seen before: ${seen === 1 ? 'once' : `${seen} times`}`,
    affected: (services: Text, isOne: boolean) => `${services ?? 'Another service'} ${isOne ? 'is' : 'are'} affected`,
    affectedEnded: (services: Text, isOne: boolean, into: Text) =>
      `${services ?? 'Another service'} ${isOne ? 'is' : 'are'} no longer affected${part(into, (it) => `, but still failing: ${it}`)}`,
    linked: (to: Text) => `Was explained by ${to ?? 'another incident'} until then`,
    flappingStarted: (check: string) => `Comes and goes${part(check, (it) => ` (${it})`)}; held open until it is steady`,
    flappingEnded: (check: string) => `No longer comes and goes${part(check, (it) => ` (${it})`)}`,
    recurring: (count: Count, cause: Text) =>
      `${count === null ? 'The same again' : `The same for the ${ordinal(count)} time`} within 24 hours${part(cause, (it) => `: ${it}`)}`,
    remedyStarted: (remedy: Text) => `Being tried by itself${part(remedy, (it) => `: ${it}`)}`,
    remedyEnded: (remedy: Text, result: Text, outcome: Text) =>
      `Tried by itself${part(remedy, (it) => `: ${it}`)}${part(result, (it) => ` – ${it}`)}${part(outcome, (it) => ` (${it})`)}`,
    exhausted: 'Nothing more may be tried by itself for now',
  },
  de: {
    causeChanged: (cause: Text, before: Text) =>
      `Der Grund ist jetzt ein anderer${part(cause, (it) => `: ${it}`)}${part(before, (it) => `; vorher: ${it}`)}`,
    diagnosed: (check: string, cause: Text) =>
      `Nachgesehen, woran es liegt${part(check, (it) => ` (${it})`)}${part(cause, (it) => `: ${it}`)}`,
    recalled: (seen: Count) =>
      seen === null || seen < 1
        ? 'Ähnliche frühere Vorfälle gefunden'
        : `Bekannt: schon ${seen === 1 ? 'einmal' : `${seen}-mal`} dagewesen`,
    affected: (services: Text, isOne: boolean) => `${services ?? 'Ein anderer Dienst'} ${isOne ? 'ist' : 'sind'} mit betroffen`,
    affectedEnded: (services: Text, isOne: boolean, into: Text) =>
      `${services ?? 'Ein anderer Dienst'} ${isOne ? 'ist' : 'sind'} nicht mehr mit betroffen${part(into, (it) => `, aber weiter gestört: ${it}`)}`,
    linked: (to: Text) => `War bis dahin mit ${to ?? 'einem anderen Vorfall'} zu erklären`,
    flappingStarted: (check: string) =>
      `Fällt immer wieder kurz aus${part(check, (it) => ` (${it})`)}; bleibt offen, bis das aufhört`,
    flappingEnded: (check: string) => `Kein ständiges Auf und Ab mehr${part(check, (it) => ` (${it})`)}`,
    recurring: (count: Count, cause: Text) =>
      `${count === null ? 'Wieder dasselbe' : `Zum ${count}. Mal dasselbe`} innerhalb von 24 Stunden${part(cause, (it) => `: ${it}`)}`,
    remedyStarted: (remedy: Text) => `Wird von selbst versucht${part(remedy, (it) => `: ${it}`)}`,
    remedyEnded: (remedy: Text, result: Text, outcome: Text) =>
      `Von selbst versucht${part(remedy, (it) => `: ${it}`)}${part(result, (it) => ` – ${it}`)}${part(outcome, (it) => ` (${it})`)}`,
    exhausted: 'Mehr darf vorerst nicht von selbst versucht werden',
  },
});
