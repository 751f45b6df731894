/** Remedies that were tried, in plain words. */
import type { RemedyRun, RemedyState } from '../core/remedy.ts';
import type { Language } from '../core/rules.ts';
import { oneLine } from './clean.ts';
import type { InEach } from './language.ts';

/** How a run stands, after what was run: `systemctl restart nginx: had no effect`. */
export const remedyStateWords: InEach<Readonly<Record<RemedyState, string>>> = {
  en: {
    requested: 'is about to be tried',
    running: 'is being tried',
    waiting: 'has been done; whether it helps shows in a moment',
    helped: 'helped',
    'no-effect': 'had no effect',
    failed: 'failed',
    uncertain: 'how it ended is not known',
    withdrawn: 'not tried after all',
  },
  de: {
    requested: 'wird gleich versucht',
    running: 'wird gerade versucht',
    waiting: 'ist erledigt; ob es hilft, zeigt sich gleich',
    helped: 'hat geholfen',
    'no-effect': 'hat nichts bewirkt',
    failed: 'ist fehlgeschlagen',
    uncertain: 'wie es ausging, ist nicht bekannt',
    withdrawn: 'doch nicht versucht',
  },
};

/** States in which it is worth knowing how the command itself ended. */
const unlucky: ReadonlySet<RemedyState> = new Set(['no-effect', 'failed', 'uncertain']);

/** `systemctl restart nginx: failed (exit status 1)`: one clean line. */
export function remedyText(
  { label, state, outcome }: Pick<RemedyRun, 'label' | 'state' | 'outcome'>,
  language: Language,
): string {
  const end = unlucky.has(state) ? oneLine(outcome ?? '', 120) : '';
  return `${oneLine(label, 120)}: ${remedyStateWords[language][state]}${end === '' ? '' : ` (${end})`}`;
}

/** True while it has not been decided whether it helps. */
export function isBeingTried({ state }: Pick<RemedyRun, 'state'>): boolean {
  return state === 'requested' || state === 'running' || state === 'waiting';
}

/** What mended it by itself, cleaned; null where nothing did. */
export function helpedBy(remedies: readonly RemedyRun[]): string | null {
  const run = remedies.findLast(({ state }) => state === 'helped');
  return run === undefined ? null : oneLine(run.label, 120) || null;
}
