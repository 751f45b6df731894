/** What has been tried on an incident, as its record keeps it. */
import { type Context, checkOf, logDecision, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Incident, TimelineEntry } from '../incident.ts';
import type { RemedyRun } from '../remedy.ts';
import type { CheckRule } from '../rules.ts';

/** An incident keeps this many runs; past it those go of which a later one tells the same. */
const keptRuns = 40;

/** True from the request until its result is known. */
export function isUnderWay({ state }: RemedyRun): boolean {
  return state === 'requested' || state === 'running' || state === 'waiting';
}

/** True for what has been tried and mended nothing. */
export function wasInVain({ state }: RemedyRun): boolean {
  return state === 'no-effect' || state === 'failed' || state === 'uncertain';
}

/** The runs of the present episode. */
export function currentRuns({ id, episode, remedies }: Pick<Incident, 'id' | 'episode' | 'remedies'>): readonly RemedyRun[] {
  return remedies.filter(({ key }) => key.startsWith(`${id}/e${episode}/`));
}

/** True when the last that was tried is what mended it. */
export function wasMended(incident: Incident): boolean {
  return currentRuns(incident).findLast(({ state }) => state !== 'withdrawn')?.state === 'helped';
}

/** The key of a new run of the incident's `number`-th remedy: no other run has or had it. */
export function nextKey(incident: Incident, number: number): string {
  const prefix = prefixOf(`${incident.id}/e${incident.episode}/remedy-${number}/r`);
  const used = incident.remedies.filter(({ key }) => prefixOf(key) === prefix).map(({ key }) => Number(key.slice(prefix.length)));
  return `${prefix}${Math.max(-1, ...used) + 1}`;
}

/** The key without its repetition. */
function prefixOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/r') + 2);
}

/** With one more run; where there are too many, the oldest go that have been repeated since. */
export function withRun(runs: readonly RemedyRun[], run: RemedyRun): readonly RemedyRun[] {
  const all = [...runs, run];
  if (all.length <= keptRuns) return all;
  const repeated = (one: RemedyRun, index: number) =>
    all.findLastIndex(({ key }) => prefixOf(key) === prefixOf(one.key)) > index && !isUnderWay(one);
  const oldest = all.findIndex(repeated);
  return oldest === -1 ? all : all.toSpliced(oldest, 1);
}

/** The incident and the run behind a key; undefined where one of them is gone. */
export function runOf(draft: Pick<Draft, 'incidents'>, key: string): { incident: Incident; run: RemedyRun } | undefined {
  const incident = draft.incidents.get(key.split('/')[0] ?? '');
  const run = incident?.remedies.find((one) => one.key === key);
  return incident === undefined || run === undefined ? undefined : { incident, run };
}

/** The incident with one of its runs changed. */
export function changeRun(draft: Draft, id: string, run: RemedyRun, entry?: TimelineEntry): Incident {
  const remedies = draft.incidents.get(id)?.remedies ?? [];
  return update(draft, id, { remedies: remedies.map((one) => (one.key === run.key ? run : one)) }, entry);
}

/** The result of a run is known, and on record. */
export function endRun(
  draft: Draft,
  context: Context,
  id: string,
  { awaits: _, ...run }: RemedyRun,
  state: 'helped' | 'no-effect' | 'failed' | 'uncertain',
): void {
  const { at } = context;
  const text = run.output.split('\n')[0] ?? '';
  const facts = { remedy: run.label, result: state, outcome: run.outcome ?? '' };
  const entry = { at, type: 'remedy-ended', facts, ...(text === '' ? {} : { text }) } as const;
  changeRun(draft, id, { ...run, state, endedAt: run.endedAt ?? at, judgeAt: null }, entry);
  logDecision(context, 'remedy ended', { incident: id, remedy: run.label, result: state, outcome: run.outcome });
}

/** The rules of the checks that carry an incident now. */
export function failingRules({ failing }: Incident, { rules }: Context): CheckRule[] {
  return failing.map((key) => checkOf(rules, key)).filter((rule) => rule !== undefined);
}
