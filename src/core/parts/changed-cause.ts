/** A check that goes on failing, for another reason than before. */
import { causeNow } from '../cause-state.ts';
import { type Context, checkOf, incidentsOf, logDecision, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Transition } from '../event.ts';
import { type Incident, isRunning } from '../incident.ts';
import type { CauseCode } from '../observation.ts';
import type { Cell } from '../record.ts';
import { selfService } from '../rules.ts';
import { recategorize } from './categorization.ts';
import { isHeldBack } from './hold.ts';
import { merge } from './merge.ts';
import { causeOf, certificateOf, open, sentenceOf } from './open.ts';
import { reopen } from './reopen.ts';
import { certificateWarnings, takeIn, withdraw } from './share.ts';

/**
 * Where a check's failure has another cause than `before` knew: the incident has it, too, where the check is the first of
 * those that carry it; else it is a line in its log. A warning that was about slowness and is about a certificate now, or
 * the other way round, becomes one of that sort.
 */
export function followChangedCause(draft: Draft, context: Context, transition: Transition, before: Cell | undefined): void {
  const from = before === undefined ? undefined : causeNow(before);
  const { check, cell } = transition;
  if (from === undefined || causeNow(cell) === undefined || causeNow(cell) === from) return;
  const incident = draft.incidents
    .values()
    .find((one) => isRunning(one) && one.service !== selfService && one.failing.includes(check));
  if (incident === undefined) return;
  if (incident.kind === 'warning' && certificateOf(cell) !== incident.fingerprint)
    changeSort(draft, context, incident, transition);
  else if (incident.failing[0] === check) takeCause(draft, context, incident, transition);
  else update(draft, incident.id, {}, entryOf(context, transition, from));
}

function entryOf(context: Context, { check, observation }: Transition, from: CauseCode) {
  const { reason: code, message: text } = observation;
  return {
    at: context.at,
    type: 'cause-changed',
    text,
    facts: { check, code, from },
    ...sentenceOf(context, check, code),
  } as const;
}

function takeCause(draft: Draft, context: Context, { id, cause: before }: Incident, transition: Transition): void {
  const cause = causeOf(draft, context, transition.check);
  if (cause.code === before.code) return;
  update(draft, id, { cause, diagnosis: null }, entryOf(context, transition, before.code));
  logDecision(context, 'cause changed', { incident: id, from: before.code, to: cause.code });
  recategorize(draft, context, id);
}

/** Alone it changes its warning, or goes over to the one about its certificate; from a shared one it goes with its own. */
function changeSort(draft: Draft, context: Context, incident: Incident, transition: Transition): void {
  const { check, cell } = transition;
  const others = incident.failing.length > 1;
  if (others) withdraw(draft, context, incident.id, check);
  const shared = certificateWarnings(draft, cell)?.find((one) => isRunning(one) && one.id !== incident.id);
  if (shared !== undefined) {
    takeIn(draft, context, shared, check);
    if (!others) merge(draft, context, incident.id, shared.id);
  } else if (others) startOwn(draft, context, transition);
  else {
    update(draft, incident.id, { fingerprint: certificateOf(cell) });
    takeCause(draft, context, draft.incidents.get(incident.id) ?? incident, transition);
  }
}

/** A warning of its own, which reopens where it has one that waits to be closed. */
function startOwn(draft: Draft, context: Context, transition: Transition): void {
  const { check, cell } = transition;
  if (isHeldBack(draft, { ...transition, type: 'reconfirmed' }, context, false)) return;
  const own = incidentsOf(draft, checkOf(context.rules, check)?.service ?? '').find(
    ({ kind, status, fingerprint, checks }) =>
      kind === 'warning' && status === 'resolved' && fingerprint === certificateOf(cell) && checks.includes(check),
  );
  if (own === undefined) open(draft, context, 'warning', check, transition.since);
  else reopen(draft, context, own.id, transition);
}
