import type { Part } from '../context.ts';
import { endAcknowledgementIfDue } from './acknowledge.ts';
import { endClaimIfDue } from './acts.ts';
import { prune, releaseCollected } from './collect.ts';
import { expire } from './deliver.ts';
import { fireDue } from './escalate.ts';
import { closeIfDue, endRecovery } from './recovery.ts';
import { chaseReport } from './reports.ts';
import { pauseOrResume, releaseHeld } from './windows.ts';

/**
 * What falls due by time alone, at the end of every turn. In this order, because each step may allow the next:
 * windows, waiting failures, then each incident's own life, then its escalation, then the outbox.
 */
export const passTime: Part<'time'> = (draft, _event, context) => {
  releaseHeld(draft, context);
  for (const { id, status } of draft.incidents.values()) {
    if (status === 'closed') continue;
    for (const live of [pauseOrResume, endRecovery, closeIfDue, endClaimIfDue, endAcknowledgementIfDue, chaseReport]) {
      const incident = draft.incidents.get(id);
      if (incident !== undefined && incident.status !== 'closed') live(draft, context, incident);
    }
    fireDue(draft, context, id);
  }
  releaseCollected(draft, context);
  expire(draft, context);
  prune(draft, context);
};
