import type { Incident, TimelineType } from '../../core/incident.ts';
import type { RemedyRun } from '../../core/remedy.ts';
import { oneLine } from '../clean.ts';
import { listed, sentences } from '../language.ts';
import { present, type Row } from '../letter.ts';
import { helpedBy, isBeingTried, remedyText } from '../remedies.ts';
import { isOver, type View } from '../view.ts';

const words = sentences({
  en: {
    trying: 'Being tried',
    result: (labels: string, mail: string) => `${labels}; the next ${mail} says whether it helped.`,
    byItself: (mail: string) => `An automatic repair; the next ${mail} says whether it helped.`,
    tried: 'Tried so far',
    triedInAll: 'Tried',
    inVain: 'An automatic repair, without success.',
    times: (text: string, count: number) => `${text}, ${count} times`,
    exhausted: 'Nothing more may be tried automatically, so a person is needed now.',
    fixed: 'Fixed by itself',
    unnamed: 'by an automatic repair',
  },
  de: {
    trying: 'Wird gerade versucht',
    result: (labels: string, mail: string) => `${labels}; ob es geholfen hat, steht in der nächsten ${mail}.`,
    byItself: (mail: string) => `Eine automatische Reparatur; ob sie geholfen hat, steht in der nächsten ${mail}.`,
    tried: 'Schon versucht',
    triedInAll: 'Versucht',
    inVain: 'Eine automatische Reparatur, ohne Erfolg.',
    times: (text: string, count: number) => `${text}, ${count}-mal`,
    exhausted: 'Mehr darf nicht automatisch versucht werden, jetzt wird ein Mensch gebraucht.',
    fixed: 'Von selbst behoben',
    unnamed: 'durch eine automatische Reparatur',
  },
});

/** How many different runs a row tells: the newest. */
const shownLimit = 3;

/** What is being tried on its own, and what has been tried with what result. Outsiders do not read what was run. */
export function remedyRows(incident: Incident, view: View): readonly Row[] {
  return present(isOver(incident) ? [triedInAllRow(incident, view)] : [tryingRow(incident, view), triedRow(incident, view)]);
}

function tryingRow({ remedies }: Incident, view: View): Row | null {
  const texts = words(view.language);
  const labels = remedies.filter(isBeingTried).map(({ label }) => oneLine(label, 120));
  if (labels.length === 0) return null;
  const { one } = view.noun;
  const text = view.outside ? texts.byItself(one) : texts.result(listed([...new Set(labels)], view.language), one);
  return { label: texts.trying, text };
}

function triedRow(incident: Incident, view: View): Row | null {
  const texts = words(view.language);
  const result = resultsOf(incident, view);
  const isExhausted = isExhaustedNow(incident) && !view.outside;
  if (result === null) return isExhausted ? { label: texts.tried, text: texts.exhausted } : null;
  return { label: texts.tried, text: isExhausted ? `${result}. ${texts.exhausted}` : result };
}

/** The same when it is over; null where the only attempt is what mended it. */
function triedInAllRow(incident: Incident, view: View): Row | null {
  const isAllSaid = endedRuns(incident).every(({ state }) => state === 'helped');
  const result = isAllSaid ? null : resultsOf(incident, view);
  return result === null ? null : { label: words(view.language).triedInAll, text: result };
}

function resultsOf(incident: Incident, view: View): string | null {
  const ended = endedRuns(incident);
  if (ended.length === 0) return null;
  if (!view.outside) return counted(ended, view).slice(-shownLimit).join('; ');
  return ended.some(({ state }) => state === 'helped') ? null : words(view.language).inVain;
}

/** What was withdrawn before it began is not worth a word. */
function endedRuns({ remedies }: Incident): readonly RemedyRun[] {
  return remedies.filter((run) => !isBeingTried(run) && run.state !== 'withdrawn');
}

function counted(runs: readonly RemedyRun[], view: View): readonly string[] {
  const counts = new Map<string, number>();
  for (const run of runs) {
    const text = remedyText(run, view.language);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => (count === 1 ? text : words(view.language).times(text, count)));
}

/** What decides whether more may be tried: the newest of them counts. */
const deciding: ReadonlySet<TimelineType> = new Set(['remedies-exhausted', 'remedy-started', 'reopened']);

/** True from when nothing more may be tried. */
function isExhaustedNow({ timeline }: Incident): boolean {
  return timeline.findLast(({ type }) => deciding.has(type))?.type === 'remedies-exhausted';
}

/** What mended it on its own; null where nothing did. */
export function fixedByItselfRow({ remedies }: Incident, view: View): Row | null {
  const texts = words(view.language);
  const remedy = helpedBy(remedies);
  return remedy === null ? null : { label: texts.fixed, text: view.outside ? texts.unnamed : remedy };
}
