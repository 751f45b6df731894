import type { Incident } from '../core/incident.ts';
import type { CauseCode } from '../core/observation.ts';
import { type Language, selfService } from '../core/rules.ts';
import { causeText } from './causes.ts';
import { oneLine } from './clean.ts';
import { capitalized, type InEach } from './language.ts';

/** What is wrong where it is wrong with the monitoring itself. */
const own: InEach<Readonly<Partial<Record<CauseCode, string>>>> = {
  en: {
    'not-watched': 'some checks give no result',
    'local-network': 'the monitoring server has no network',
  },
  de: {
    'not-watched': 'einige Prüfungen liefern kein Ergebnis',
    'local-network': 'der Überwachungsserver hat kein Netz',
  },
};

/** How much of a person's own words a subject carries. */
const wordsLimit = 90;

/**
 * What is wrong, as `Website: does not answer (timeout)`: made from what was frozen at opening, so it stays the same
 * through the incident's life. One clean line. `outside`: without the words of a person's report.
 */
export function headline(incident: Incident, language: Language, outside = false): string {
  const name = oneLine(incident.serviceName, 80);
  const what = wrong(incident, language, outside);
  return name === '' ? capitalized(what) : `${name}: ${what}`;
}

function wrong({ service, headline: frozen }: Incident, language: Language, outside: boolean): string {
  const { code, words } = frozen;
  const said = words === undefined || outside ? '' : oneLine(words, wordsLimit);
  if (said !== '') return said;
  const ownWords = service === selfService ? own[language][code] : undefined;
  return ownWords ?? causeText(frozen, language);
}

/** The headline with the number: `Website: does not answer (timeout) (INC-2026-0042)`. */
export function incidentTitle(incident: Incident, language: Language, outside = false): string {
  return `${headline(incident, language, outside)} (${incident.id})`;
}
