import { answer, type Context, logDecision, type Part, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Act, Answer } from '../event.ts';
import type { Incident } from '../incident.ts';
import { personOf } from '../people.ts';
import { selfService } from '../rules.ts';
import { acknowledge, assign, release } from './acknowledge.ts';
import { endMaintenance, startMaintenance } from './ad-hoc.ts';
import { beat } from './beats.ts';
import { isSilent } from './escalate.ts';
import { heldOpenBy } from './held-open.ts';
import { tell, toldSoFar } from './notify.ts';
import { close, resolve } from './recovery.ts';
import { report } from './reports.ts';

/** After a person said that it is fixed, checks have this long to agree before escalation goes on. */
const claimMs = 5 * 60_000;

type OnIncident = Extract<Act, { readonly id: string }>;

/** A person acts; the answer says what came of it, and a refused act changes nothing. */
export const act: Part<'act'> = (draft, event, context) => {
  answer(context, event.ticket, perform(draft, context, event.act, event.by));
};

function perform(draft: Draft, context: Context, act: Act, by: string): Answer {
  switch (act.act) {
    case 'report':
      return report(draft, context, act, by);
    case 'beat':
      return beat(draft, context, act.service, act.check, act.ok);
    case 'start-maintenance':
      return startMaintenance(draft, context, act, by);
    case 'end-maintenance':
      return endMaintenance(draft, context, act.services);
    default:
      return onIncident(draft, context, act, by);
  }
}

function onIncident(draft: Draft, context: Context, act: OnIncident, by: string): Answer {
  const incident = find(draft, act.id);
  if (incident === undefined) return { ok: false, reason: 'unknown-id', facts: { id: act.id } };
  if (incident.status === 'closed' && act.act !== 'note' && act.act !== 'resolve') {
    return { ok: false, reason: 'already-closed', incident: incident.id };
  }
  switch (act.act) {
    case 'acknowledge':
      return take(draft, context, incident, by, act.forMs);
    case 'release':
      if (incident.acknowledged === null) return { ok: false, reason: 'not-acknowledged', incident: incident.id };
      release(draft, context, incident, by);
      return { ok: true, reason: 'released', incident: incident.id };
    case 'assign':
      return assignTo(draft, context, incident, act.contact, by);
    case 'note':
      update(draft, incident.id, { lastActAt: context.at }, { at: context.at, type: 'noted', by, text: act.text });
      return { ok: true, reason: 'noted', incident: incident.id };
    case 'resolve':
      return recordResolution(draft, context, incident, act, by);
    case 'close':
      return closeBy(draft, context, incident, act.force, by);
    default:
      return act satisfies never;
  }
}

/** By its id, or by its bare number (the newest of that number); a merged incident stands for the one it went into. */
function find(draft: Draft, id: string): Incident | undefined {
  const wanted = id.trim().toUpperCase();
  const number = /^\d{1,9}$/.test(wanted) ? Number(wanted) : null;
  const found = draft.incidents
    .values()
    .findLast((incident) => incident.id === wanted || (number !== null && Number(incident.id.split('-')[2]) === number));
  if (found?.mergedInto == null) return found;
  return find(draft, found.mergedInto) ?? found;
}

function take(draft: Draft, context: Context, incident: Incident, by: string, forMs: number | undefined): Answer {
  if (incident.status === 'resolved') return { ok: false, reason: 'already-resolved', incident: incident.id };
  const before = incident.acknowledged?.by;
  const taken = acknowledge(draft, context, incident, by, forMs);
  return {
    ok: true,
    reason: 'acknowledged',
    incident: incident.id,
    facts: { by, until: taken.acknowledged?.until ?? context.at, ...(before === undefined || before === by ? {} : { before }) },
  };
}

function assignTo(draft: Draft, context: Context, incident: Incident, contact: string, by: string): Answer {
  const known = Object.keys(context.rules.contacts);
  if (!known.includes(contact)) return { ok: false, reason: 'unknown-contact', incident: incident.id, facts: { contact, known } };
  if (incident.status === 'resolved') return { ok: false, reason: 'already-resolved', incident: incident.id };
  const assigned = assign(draft, context, incident, contact, by);
  return {
    ok: true,
    reason: 'assigned',
    incident: incident.id,
    facts: { to: contact, until: assigned.acknowledged?.until ?? context.at },
  };
}

/** Records cause and fix. A report is resolved by it; where checks carry the incident, only they change its status. */
function recordResolution(
  draft: Draft,
  context: Context,
  incident: Incident,
  given: { readonly cause?: string; readonly fix?: string },
  by: string,
): Answer {
  const { at } = context;
  const cause = given.cause ?? incident.resolution?.cause;
  const fix = given.fix ?? incident.resolution?.fix;
  const resolution = { by, at, ...(cause === undefined ? {} : { cause }), ...(fix === undefined ? {} : { fix }) };
  const still = incident.status === 'open' && incident.kind !== 'report';
  const resolveClaim = still ? { by, until: at + claimMs } : incident.resolveClaim;
  update(
    draft,
    incident.id,
    { resolution, lastActAt: at, resolveClaim },
    { at, type: 'resolution-recorded', by, facts: { cause: given.cause ?? '', fix: given.fix ?? '' } },
  );
  logDecision(context, 'resolution recorded', { incident: incident.id, by });
  if (still) context.effects.push({ type: 'probe', checks: incident.checks });
  if (incident.kind === 'report' && incident.status === 'open') {
    resolve(draft, context, incident.id, { by });
    return { ok: true, reason: 'resolved', incident: incident.id };
  }
  return { ok: true, reason: still ? 'resolution-recorded-checking' : 'resolution-recorded', incident: incident.id };
}

function closeBy(draft: Draft, context: Context, incident: Incident, force: boolean, by: string): Answer {
  if (incident.status !== 'resolved' && incident.kind !== 'report' && !force) {
    return { ok: false, reason: 'still-open', incident: incident.id };
  }
  if (incident.status !== 'resolved') endByHand(draft, context, incident, by);
  close(draft, context, incident.id, by);
  return { ok: true, reason: 'closed', incident: incident.id };
}

/** Ends what is not over: checks that still fail stay quiet until they recover or get worse. */
function endByHand(draft: Draft, context: Context, incident: Incident, by: string): void {
  const still = [...incident.failing, ...heldOpenBy(draft, incident)];
  const isForced = still.length > 0;
  if (incident.service !== selfService) for (const check of still) draft.dismissed.set(check, context.at);
  resolve(draft, context, incident.id, { by, ...(isForced ? { why: 'closed-by-force' } : {}) });
}

/** A claim of "fixed" that the checks did not confirm in time: its author is told, and escalation goes on. */
export function endClaimIfDue(draft: Draft, context: Context, incident: Incident): void {
  const { resolveClaim: claim } = incident;
  if (claim === null || claim.until > context.at || isSilent(incident, context.at)) return;
  const failing = update(draft, incident.id, { resolveClaim: null }, { at: context.at, type: 'still-failing', by: claim.by });
  const claimer = personOf(claim.by, context.rules);
  tell(draft, context, failing, claimer.length > 0 ? claimer : toldSoFar(draft, context, incident.id), {
    kind: 'still-failing',
    reason: `still-failing-${claim.until}`,
    facts: { by: claim.by },
    personal: true,
  });
}
