/** What the first message is to say besides: why it fails, and what helped before. */
import { type Context, checkOf, type Part, update } from '../context.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { Draft } from '../draft.ts';
import type { Transition } from '../event.ts';
import type { Cause, Incident } from '../incident.ts';
import type { Recall } from '../known-error.ts';
import { knownErrorOf } from '../known-errors.ts';
import type { Inquiry } from '../record.ts';
import { selfService } from '../rules.ts';
import { recategorize } from './categorization.ts';
import { carriersOf } from './held-open.ts';
import { causeOf } from './open.ts';

/** The same question is asked again no sooner. */
const askAgainMs = 60_000;
/** How long the first message waits for diagnosis, from the question, and for the history. */
const diagnosisMs = 5_000;
const recallMs = 2_000;

/** A check has begun to fail, or fails for another reason: why is found out before anybody is told. */
export function inquire(draft: Draft, { at, effects }: Context, { type, check, observation }: Transition): void {
  const { reason: code, grade, message, evidence } = observation;
  if (code === 'ok' || grade === null || grade === 'up') return;
  const known = draft.inquiries.get(check);
  if (known?.code === code && at - known.askedAt < patienceMs(known, type)) return;
  draft.inquiries.set(check, { askedAt: at, code, evidence: [message, ...evidence], answer: null, answered: false });
  effects.push({ type: 'diagnose', complaint: { check, code, message, evidence } });
}

/** A new failure is a new question soon; one that was lost with a killed daemon is asked again as soon as it could have been answered. */
function patienceMs({ answered }: Inquiry, type: Transition['type']): number {
  if (!answered) return diagnosisMs;
  return type === 'suspected' ? askAgainMs : Number.POSITIVE_INFINITY;
}

/** The same is asked again, as things may have changed: its old answer counts no more. */
export function inquireAnew(draft: Draft, { at, effects }: Context, check: string): void {
  const last = draft.cells.get(check)?.last;
  if (last === undefined || last === null || last.reason === 'ok') return;
  const { reason: code, message, evidence } = last;
  draft.inquiries.set(check, { askedAt: at, code, evidence: [message, ...evidence], answer: null, answered: false });
  effects.push({ type: 'diagnose', complaint: { check, code, message, evidence } });
}

/** What was found out about a check: its incident takes it over when time passes. */
export const takeDiagnosis: Part<'diagnosed'> = (draft, { complaint, diagnosis }) => {
  const inquiry = draft.inquiries.get(complaint.check);
  if (inquiry?.code !== complaint.code) return;
  draft.inquiries.set(complaint.check, { ...inquiry, answer: diagnosis, answered: true });
};

/** What the history knows of an incident's like, as it was asked; also when it comes late. */
export const takeRecall: Part<'recalled'> = (draft, { recall, recalled }, context) => {
  const incident = draft.incidents.get(recall.incident);
  if (incident === undefined || incident.status === 'closed') return;
  if (recalled === null && incident.known !== null) return;
  const known = knownErrorOf(recall, recalled, alikeOf(draft, recall));
  const entry = { at: context.at, type: 'recalled', facts: { seen: known.seen } } as const;
  update(draft, incident.id, { known, briefing: null }, known.seen > 0 || known.fix !== null ? entry : undefined);
};

/**
 * An incident takes over what was found out about its first failing check (else the one that flaps), and asks the history once. While nobody has been
 * told of it, its first message waits for both, for seconds.
 */
export function seekAdvice(draft: Draft, context: Context, incident: Incident): void {
  const { status, kind, service } = incident;
  const [check] = carriersOf(draft, incident);
  if (status !== 'open' || kind === 'report' || service === selfService || check === undefined) {
    endBriefing(draft, incident);
    return;
  }
  const inquiry = draft.inquiries.get(check);
  if (inquiry?.answered === true) {
    const { answer } = inquiry;
    if (answer !== null && answer.at !== incident.diagnosis?.at) takeOver(draft, context, incident, check, answer);
  } else if (inquiry !== undefined && isUntold(incident)) {
    const until = Math.min(inquiry.askedAt, incident.escalation.baseAt) + diagnosisMs;
    if (until > context.at) {
      awaitDiagnosis(draft, incident, until);
      return;
    }
  }
  askHistory(draft, context, draft.incidents.get(incident.id) ?? incident);
}

function isUntold({ escalation }: Incident): boolean {
  return escalation.level === 0;
}

function awaitDiagnosis(draft: Draft, incident: Incident, until: number): void {
  const { briefing } = incident;
  if (briefing?.awaits === 'diagnosis' && briefing.until === until) return;
  update(draft, incident.id, { briefing: { awaits: 'diagnosis', until } });
}

function endBriefing(draft: Draft, { id, briefing }: Incident): void {
  if (briefing !== null) update(draft, id, { briefing: null });
}

/** Asks once; where no answer has come in time, what the record itself holds must do. */
function askHistory(draft: Draft, context: Context, incident: Incident): void {
  const { id, service, cause, known, briefing } = incident;
  const { at } = context;
  const recall = { incident: id, service, code: cause.code, text: cause.evidence.join('\n').slice(0, 2_000) };
  if (known !== null) {
    endBriefing(draft, incident);
    return;
  }
  if (briefing?.awaits === 'known-errors') {
    if (briefing.until <= at) update(draft, id, { briefing: null, known: knownErrorOf(recall, null, alikeOf(draft, recall)) });
    return;
  }
  update(draft, id, { briefing: { awaits: 'known-errors', until: at + recallMs } });
  context.effects.push({ type: 'recall', recall });
}

/** Incidents of the same service and cause that are over and still in the record. */
function alikeOf(draft: Draft, { incident, service, code }: Recall): readonly Incident[] {
  return draft.incidents
    .group(service ?? '')
    .filter(
      (other) =>
        other.id !== incident &&
        (other.status === 'resolved' || other.status === 'closed') &&
        other.mergedInto === null &&
        other.kind !== 'report' &&
        other.cause.code === code,
    );
}

/** The cause is what was found out; while nobody has heard of it, the subject follows. */
function takeOver(draft: Draft, context: Context, incident: Incident, check: string, diagnosis: Diagnosis): void {
  const cause = causeFrom(causeOf(draft, context, check), diagnosis);
  const { code, sentence } = cause;
  const said = sentence === undefined ? {} : { sentence };
  const entry = { at: context.at, type: 'diagnosed', facts: { check, code }, ...said } as const;
  const headline = isUnheard(draft, incident) ? { headline: { code, ...said } } : {};
  update(draft, incident.id, { diagnosis, cause, ...headline }, saysMore(incident, cause) ? entry : undefined);
  if (checkOf(context.rules, check) !== undefined) recategorize(draft, context, incident.id);
}

/** In the time before its first message: nobody has been told, and what it is to say is still being gathered. */
function isUnheard(draft: Draft, incident: Incident): boolean {
  return incident.episode === 1 && incident.known === null && isUntold(incident) && draft.outbox.group(incident.id).length === 0;
}

/** False where the same has been found out before: after a relapse that needs no second line in the log. */
function saysMore({ diagnosis, cause }: Incident, { code, sentence }: Cause): boolean {
  return diagnosis === null || cause.code !== code || cause.sentence?.en !== sentence?.en;
}

/** What the check said stays as evidence; its kind's words stay where no other cause was found. */
function causeFrom(seen: Cause, { code, sentence, meaning, firstStep }: Diagnosis): Cause {
  const found = {
    ...(sentence === undefined ? {} : { sentence }),
    ...(meaning === undefined ? {} : { meaning }),
    ...(firstStep === undefined ? {} : { firstStep }),
  };
  return code === seen.code ? { ...seen, ...found } : { code, evidence: seen.evidence, ...found };
}
