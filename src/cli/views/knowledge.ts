import { formatDuration } from '../../lib/duration.ts';
import type { IncidentJson } from '../../texts/incident-json.ts';
import type { KnownJson, RemedyJson, SimilarJson } from '../../texts/knowledge-json.ts';
import { remedyText } from '../../texts/remedies.ts';
import { labelled } from './layout.ts';
import type { View } from './view.ts';

/** What was looked at, what is known of earlier incidents, and what was tried: each part where there is one. */
export function knowledgeText(incident: IncidentJson, view: View): readonly string[] {
  return [
    ...part('What was looked at', looked(incident, view), view),
    ...part('What is known', known(incident, view), view),
    ...part('What was tried', tried(incident, view), view),
  ];
}

function part(title: string, lines: readonly string[], view: View): readonly string[] {
  return lines.length === 0 ? [] : ['', view.paint(title, 'bold'), ...lines];
}

function looked({ findings }: IncidentJson, view: View): readonly string[] {
  return findings.flatMap(({ text }) => labelled(`  ${text.slice(0, 1)} `, text.slice(2), view.width));
}

function known({ known }: IncidentJson, view: View): readonly string[] {
  if (known === null) return [];
  const { similar } = known;
  const lines = [seenText(known, view), fixText(known, view)].filter((line) => line !== null);
  return [
    ...lines.flatMap((line) => labelled('  ', line, view.width)),
    ...similar.flatMap((one) => labelled(`  ${one.id}  `, similarText(one, view), view.width)),
  ];
}

function seenText({ seen, lastAt, similar }: KnownJson, view: View): string | null {
  if (seen === 0) return similar.length === 0 ? null : 'not seen before; similar incidents:';
  const times = seen === 1 ? 'seen once before' : `seen ${seen} times before`;
  return lastAt === null ? times : `${times}, last ${view.time(lastAt)}`;
}

function fixText({ fix }: KnownJson, view: View): string | null {
  if (fix === null) return null;
  const length = fix.tookMs === null ? '' : `, over after ${formatDuration(fix.tookMs)}`;
  return `what helped: ${fix.text} (${fix.incident}, ${view.time(fix.at)}${length})`;
}

function similarText({ service, at, cause, fix }: SimilarJson, view: View): string {
  const parts = [
    `${service === '' ? '' : `${service}, `}${view.time(at)}`,
    cause === null ? '' : `cause: ${cause}`,
    fix === null ? '' : `what helped: ${fix}`,
  ];
  return parts.filter((one) => one !== '').join('; ');
}

function tried({ remedies }: IncidentJson, view: View): readonly string[] {
  return remedies.flatMap((run) => [
    ...labelled(`  ${view.time(run.startedAt)}  `, remedyText(run, 'en'), view.width),
    ...output(run, view),
  ]);
}

function output({ output }: RemedyJson, view: View): readonly string[] {
  return output.trim() === '' ? [] : labelled('      ', output, view.width);
}
