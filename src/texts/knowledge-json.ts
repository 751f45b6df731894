/** What was found out about an incident, and what was tried, as `--json` and the API give it: times are ISO 8601 in UTC. */
import type { Finding, Layer } from '../core/diagnosis.ts';
import type { Incident } from '../core/incident.ts';
import type { CauseCode } from '../core/observation.ts';
import type { RemedyState } from '../core/remedy.ts';
import type { Language, Rules } from '../core/rules.ts';
import { findingText } from './findings.ts';
import { iso, isoOrNull } from './iso.ts';

/** One look at one layer; `text` tells it in words. */
export interface FindingJson {
  readonly layer: Layer;
  readonly verdict: Finding['verdict'];
  readonly subject: string;
  readonly detail: string;
  readonly text: string;
}

/** Earlier incidents like this one: how many of the same service and cause, what helped, and the most similar ones. */
export interface KnownJson {
  readonly seen: number;
  readonly lastAt: string | null;
  readonly fix: {
    readonly text: string;
    readonly by: 'person' | 'remedy';
    readonly incident: string;
    readonly at: string;
    readonly tookMs: number | null;
  } | null;
  readonly similar: readonly SimilarJson[];
}

export interface SimilarJson {
  readonly id: string;
  readonly service: string;
  readonly code: CauseCode;
  readonly at: string;
  readonly tookMs: number | null;
  readonly cause: string | null;
  /** What a person recorded, else the remedy that mended it. */
  readonly fix: string | null;
}

export interface RemedyJson {
  readonly label: string;
  readonly state: RemedyState;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly outcome: string | null;
  readonly output: string;
}

export interface KnowledgeJson {
  readonly findings: readonly FindingJson[];
  readonly known: KnownJson | null;
  readonly remedies: readonly RemedyJson[];
  /** Incidents that explained this failure before it got its own. */
  readonly linked: readonly string[];
}

export function knowledgeJson(incident: Incident, { language }: Rules): KnowledgeJson {
  return {
    findings: findingsJson(incident, language),
    known: knownJson(incident),
    remedies: incident.remedies.map(({ label, state, startedAt, endedAt, outcome, output }) => ({
      label,
      state,
      startedAt: isoOrNull(startedAt),
      endedAt: isoOrNull(endedAt),
      outcome,
      output,
    })),
    linked: incident.linked,
  };
}

function findingsJson({ diagnosis }: Incident, language: Language): readonly FindingJson[] {
  return (diagnosis?.findings ?? []).map((finding) => ({ ...finding, text: findingText(finding, language) }));
}

function knownJson({ known }: Incident): KnownJson | null {
  if (known === null) return null;
  const { seen, lastAt, fix, similar } = known;
  return {
    seen,
    lastAt: isoOrNull(lastAt),
    fix: fix === null ? null : { text: fix.text, by: fix.by, incident: fix.incident, at: iso(fix.openedAt), tookMs: fix.tookMs },
    similar: similar.map((one) => ({
      id: one.id,
      service: one.serviceName,
      code: one.code,
      at: iso(one.openedAt),
      tookMs: one.tookMs,
      cause: one.cause ?? null,
      fix: one.fix ?? one.remedy ?? null,
    })),
  };
}
