import { type Context, logDecision, type Part } from '../context.ts';
import type { Draft } from '../draft.ts';
import { endAcknowledgementIfDue } from './acknowledge.ts';
import { endClaimIfDue } from './acts.ts';
import { seekAdvice } from './briefing.ts';
import { prune, releaseCollected } from './collect.ts';
import { settleExplained } from './correlate.ts';
import { expire } from './deliver.ts';
import { endFlapping } from './flapping.ts';
import { closeIfDue, endRecovery } from './recovery.ts';
import { pruneOccurrences } from './recurring.ts';
import { tellTrouble } from './reload.ts';
import { settleRuns, tryRemedies } from './remedies.ts';
import { chaseReport } from './reports.ts';
import { fireDue } from './tell-level.ts';
import { pauseOrResume, releaseHeld } from './windows.ts';

/**
 * What falls due by time alone, at the end of every turn. In this order, because each step may allow the next:
 * windows, waiting failures, those that a dependency explains, then each incident's own life, then its escalation, then the outbox.
 */
export const passTime: Part<'time'> = (draft, _event, context) => {
  releaseHeld(draft, context);
  settleExplained(draft, context);
  for (const incident of draft.incidents.values()) {
    if (incident.status === 'closed') settleRuns(draft, context, incident);
    else passTimeOf(draft, context, incident.id);
  }
  releaseCollected(draft, context);
  expire(draft, context);
  prune(draft, context);
  pruneOccurrences(draft, context);
};

const lives = [
  pauseOrResume,
  endFlapping,
  endRecovery,
  closeIfDue,
  endClaimIfDue,
  endAcknowledgementIfDue,
  chaseReport,
  seekAdvice,
  tryRemedies,
] as const;

/** One incident's part. What of it fails is told, and keeps nobody else's incident waiting. */
function passTimeOf(draft: Draft, context: Context, id: string): void {
  try {
    for (const live of lives) {
      const incident = draft.incidents.get(id);
      if (incident !== undefined && incident.status !== 'closed') live(draft, context, incident);
    }
    fireDue(draft, context, id);
  } catch (error) {
    logDecision(context, 'incident passed over: a defect of incidentd', { incident: id, error: String(error) });
    tellTrouble(draft, { type: 'trouble', what: 'event-skipped', detail: `${id}: ${String(error)}` }, context);
  }
}
