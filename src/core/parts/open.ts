import { categoryOf, outageSeverity, priorityOf, warningSeverity } from '../categorize.ts';
import { causeNow } from '../cause-state.ts';
import { type Context, checkOf, logDecision } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Cause, Incident, IncidentKind } from '../incident.ts';
import type { CauseCode } from '../observation.ts';
import { policyOf } from '../people.ts';
import type { Cell } from '../record.ts';
import { beginDowntime } from './downtime.ts';
import { freshEscalation } from './escalate.ts';
import { noteOccurrence } from './recurring.ts';

/** What a failing check says about its incident. */
export type Failure = Pick<Incident, 'kind' | 'cause' | 'severity' | 'category' | 'impact'>;

/** Reads a check's failure: what it is, how bad, of which kind. */
export function failureOf(draft: Draft, context: Context, kind: Exclude<IncidentKind, 'report'>, check: string): Failure {
  const { rules } = context;
  const rule = checkOf(rules, check);
  const service = rule === undefined ? undefined : rules.services[rule.service];
  const cause = causeOf(draft, context, check);
  return {
    kind,
    cause,
    severity: kind === 'outage' ? outageSeverity([rule]) : warningSeverity(draft.cells.get(check)),
    category: categoryOf(cause.code, rule, service),
    impact: service?.impact ?? 'medium',
  };
}

/** Opens an incident for a check that failed since `since`; gives its id. */
export function open(
  draft: Draft,
  context: Context,
  kind: Exclude<IncidentKind, 'report'>,
  check: string,
  since: number,
): string {
  const { at, rules } = context;
  const service = rules.services[checkOf(rules, check)?.service ?? ''];
  const failure = failureOf(draft, context, kind, check);
  const { code, sentence } = failure.cause;
  const incident = add(draft, context, {
    ...failure,
    service: service?.id ?? null,
    serviceName: service?.name ?? check,
    failing: [check],
    checks: [check],
    headline: { code, ...(sentence === undefined ? {} : { sentence }) },
    source: 'check',
    fingerprint: kind === 'warning' ? certificateOf(draft.cells.get(check)) : null,
    startedAt: Math.min(since, at),
    downSince: beginDowntime(draft, context, { kind, service: service?.id ?? null, pausedAt: null }, since),
    costPerHour: service?.costPerHour ?? null,
  });
  return incident.id;
}

/** The certificate that a check's trouble is about, by its fingerprint; null where there is none, or where it is only slow. */
export function certificateOf(cell: Cell | undefined): string | null {
  return cell?.last?.reason === 'slow' ? null : (cell?.certificate?.fingerprint ?? null);
}

/** What the check's probe said, as the incident's cause; after a good look what is known from before. */
export function causeOf(draft: Draft, context: Context, check: string): Cause {
  const { code, lines } = lastFailure(draft, check);
  const firstStep = checkOf(context.rules, check)?.firstSteps?.[code];
  const evidence = lines.filter((line) => line !== '').slice(0, 10);
  return { code, evidence, ...sentenceOf(context, check, code), ...(firstStep === undefined ? {} : { firstStep }) };
}

function lastFailure(draft: Draft, check: string): { readonly code: CauseCode; readonly lines: readonly string[] } {
  const cell = draft.cells.get(check);
  const { reason = 'ok', message = '', evidence = [] } = cell?.last ?? {};
  if (reason !== 'ok') return { code: reason, lines: [message, ...evidence] };
  const inquiry = draft.inquiries.get(check);
  const code = (cell === undefined ? undefined : causeNow(cell)) ?? inquiry?.code ?? 'unknown';
  return { code, lines: inquiry?.code === code ? (inquiry.evidence ?? []) : [] };
}

/** What a cause means in the words of the check's kind, where it has some. */
export function sentenceOf({ rules }: Context, check: string, code: CauseCode | 'ok'): Pick<Cause, 'sentence'> {
  const sentence = code === 'ok' ? undefined : checkOf(rules, check)?.sentences?.[code];
  return sentence === undefined ? {} : { sentence };
}

type Facts = Pick<
  Incident,
  | 'kind'
  | 'service'
  | 'serviceName'
  | 'failing'
  | 'checks'
  | 'headline'
  | 'severity'
  | 'impact'
  | 'category'
  | 'source'
  | 'cause'
  | 'startedAt'
  | 'downSince'
  | 'costPerHour'
> & { readonly reporters?: readonly string[]; readonly by?: string; readonly fingerprint?: string | null };

/** What no new incident has yet. */
const untouched = {
  status: 'open',
  flapping: false,
  recurring: false,
  affected: [],
  diagnosis: null,
  known: null,
  briefing: null,
  remedies: [],
  remedyUntil: null,
  linked: [],
  acknowledged: null,
  episode: 1,
  recoveredAt: null,
  resolvedAt: null,
  closedAt: null,
  downtimeMs: 0,
  recoveringSince: null,
  closeAt: null,
  pausedAt: null,
  verifyUntil: null,
  resolveClaim: null,
  resolution: null,
  mergedInto: null,
  mergedFrom: [],
} as const satisfies Partial<Incident>;

/** Gives a new incident its number and puts it into the record. */
export function add(draft: Draft, context: Context, { by, reporters = [], fingerprint = null, ...facts }: Facts): Incident {
  const { at, rules } = context;
  const id = nextId(draft, at, rules.timezone);
  const priority = priorityOf(facts.severity, facts.impact);
  const unnumbered: Incident = {
    ...facts,
    ...untouched,
    id,
    fingerprint,
    priority,
    escalation: freshEscalation('default', at),
    openedAt: at,
    reporters,
    lastActAt: at,
    timeline: [
      {
        at,
        type: facts.kind === 'report' ? 'reported' : 'opened',
        facts: { priority, severity: facts.severity, impact: facts.impact, category: facts.category, code: facts.cause.code },
        ...(by === undefined ? {} : { by }),
        ...(facts.cause.evidence[0] === undefined ? {} : { text: facts.cause.evidence[0] }),
        ...(facts.cause.sentence === undefined ? {} : { sentence: facts.cause.sentence }),
      },
    ],
  };
  const incident = { ...unnumbered, escalation: freshEscalation(policyOf(unnumbered, rules), at) };
  draft.incidents.set(id, incident);
  const fields = {
    incident: id,
    kind: facts.kind,
    service: facts.service,
    priority,
    cause: facts.cause.code,
  };
  logDecision(context, 'incident opened', fields, 'warn');
  noteOccurrence(draft, context, incident);
  return draft.incidents.get(id) ?? incident;
}

/** Ids only grow: the number starts anew with each year of the site. */
function nextId(draft: Draft, at: number, timezone: string): string {
  const year = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).year;
  const { ids } = draft;
  draft.ids = year > ids.year ? { year, last: 1 } : { year: ids.year, last: ids.last + 1 };
  return `INC-${draft.ids.year}-${String(draft.ids.last).padStart(4, '0')}`;
}
