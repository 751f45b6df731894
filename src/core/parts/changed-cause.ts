/** A check that goes on failing, for another reason than before. */
import { type Context, logDecision, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Transition } from '../event.ts';
import { type Incident, isRunning } from '../incident.ts';
import { recategorize } from './categorization.ts';
import { merge } from './merge.ts';
import { causeOf, certificateOf, sentenceOf } from './open.ts';
import { certificateWarnings, takeIn, withdraw } from './share.ts';

type Confirm = (draft: Draft, transition: Transition, context: Context) => void;

/**
 * The incident that the check carries has another cause now, where the check is the first of those that carry it. A warning
 * that was about slowness and is about a certificate now, or the other way round, becomes one of that sort.
 */
export function changeCause(draft: Draft, context: Context, transition: Transition, confirm: Confirm): void {
  const { check } = transition;
  const incident = draft.incidents.values().find((one) => isRunning(one) && one.failing.includes(check));
  if (incident === undefined || incident.cause.code === 'not-watched') return;
  if (incident.kind === 'warning' && certificateOf(transition.cell) !== incident.fingerprint) {
    changeSort(draft, context, incident, transition, confirm);
  } else if (incident.failing[0] === check) takeCause(draft, context, incident, transition);
}

function takeCause(draft: Draft, context: Context, { id, cause: before }: Incident, { check, observation }: Transition): void {
  const cause = causeOf(draft, context, check);
  const facts = { check, code: cause.code, from: before.code };
  const entry = { at: context.at, type: 'cause-changed', text: observation.message, facts } as const;
  update(draft, id, { cause, diagnosis: null }, { ...entry, ...sentenceOf(context, check, cause.code) });
  logDecision(context, 'cause changed', { incident: id, from: before.code, to: cause.code });
  recategorize(draft, context, id);
}

function changeSort(draft: Draft, context: Context, incident: Incident, transition: Transition, confirm: Confirm): void {
  const { check, cell } = transition;
  if (incident.failing.length > 1) {
    withdraw(draft, context, incident.id, check);
    confirm(draft, { ...transition, type: 'reconfirmed' }, context);
    return;
  }
  const shared = certificateWarnings(draft, cell)?.find((one) => isRunning(one) && one.id !== incident.id);
  if (shared !== undefined) {
    takeIn(draft, context, shared, check);
    merge(draft, context, incident.id, shared.id);
    return;
  }
  update(draft, incident.id, { fingerprint: certificateOf(cell) });
  takeCause(draft, context, draft.incidents.get(incident.id) ?? incident, transition);
}
