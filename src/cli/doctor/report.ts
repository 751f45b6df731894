/** Findings as they are printed: good ones in a line, bad ones with what mends them. */
import { labelled } from '../views/layout.ts';
import type { Colour } from '../views/view.ts';
import type { Finding } from './finding.ts';
import type { Patient } from './patient.ts';

const marks = { yes: ['ok', 'green'], no: ['wrong', 'red'], unclear: ['unclear', 'yellow'] } as const satisfies Record<
  Finding['ok'],
  readonly [string, Colour]
>;
const markWidth = 9;
const fixIndent = ' '.repeat(markWidth + 4);

export interface Style {
  readonly width: number;
  paint(text: string, colour: Colour): string;
}

/** Who is examined, with what. */
export function heading({ user, path, folder }: Patient, width: number): readonly string[] {
  return labelled('As ', `${user.name} (${user.uid}), with the configuration ${path} and the state folder ${folder}`, width);
}

/** One area. What mends something is not wrapped, so that it can be copied. */
export function areaLines(name: string, findings: readonly Finding[], style: Style): readonly string[] {
  if (findings.length === 0) return [];
  return ['', style.paint(name, 'bold'), ...findings.flatMap((finding) => findingLines(finding, style))];
}

function findingLines({ about, ok, says, fix }: Finding, { width, paint }: Style): readonly string[] {
  const [mark, colour] = marks[ok];
  const lines = labelled(`  ${mark.padEnd(markWidth)}`, `${about}: ${says}`, width);
  const painted = lines.map((line, index) => (index === 0 ? line.replace(mark, paint(mark, colour)) : line));
  return [...painted, ...(fix === undefined ? [] : fix.split('\n').map((line) => `${fixIndent}${line}`))];
}

/** The verdict in a line. */
export function verdict(findings: readonly Finding[]): string {
  const count = (ok: Finding['ok']) => findings.filter((finding) => finding.ok === ok).length;
  const [bad, open] = [count('no'), count('unclear')];
  const doubts = open === 0 ? '' : `, ${open} unclear`;
  if (bad === 0) return `Nothing is wrong: ${count('yes')} ok${doubts}`;
  return `${bad === 1 ? '1 thing is' : `${bad} things are`} wrong${doubts}; what mends it stands below each`;
}
