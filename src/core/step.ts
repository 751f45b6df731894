import type { Context, Part } from './context.ts';
import { openDraft, sealDraft } from './draft.ts';
import type { DeskEvent, Effect, Now } from './event.ts';
import { act } from './parts/acts.ts';
import { forgetArchived } from './parts/archive.ts';
import { takeDiagnosis, takeRecall } from './parts/briefing.ts';
import { shiftClock } from './parts/clock.ts';
import { noteLooked } from './parts/correlate.ts';
import { endDelivery, startDelivery } from './parts/deliver.ts';
import { takeTransition } from './parts/life.ts';
import { start, wake } from './parts/own-outage.ts';
import { passTime } from './parts/passing-time.ts';
import { adoptRules, changeRules, refuseConfiguration, tellTrouble } from './parts/reload.ts';
import { endRemedy, noteRemedyLook, resumeRemedies, startRemedies } from './parts/remedies.ts';
import { watchSelf } from './parts/self-watch.ts';
import type { LiveRecord } from './record.ts';
import type { Rules } from './rules.ts';

/** For each type of event, the parts of the decision in their order. */
const table: { readonly [Type in DeskEvent['type']]: readonly Part<Type>[] } = {
  started: [adoptRules, start, resumeRemedies],
  transition: [takeTransition, watchSelf],
  time: [passTime],
  act: [act],
  'delivery-started': [startDelivery],
  'delivery-ended': [endDelivery],
  looked: [noteLooked, noteRemedyLook],
  diagnosed: [takeDiagnosis],
  recalled: [takeRecall],
  'remedy-started': [startRemedies],
  'remedy-ended': [endRemedy],
  archived: [forgetArchived],
  'rules-changed': [changeRules],
  'configuration-rejected': [refuseConfiguration],
  trouble: [tellTrouble],
  'clock-set': [shiftClock],
  slept: [wake],
};

export interface Step {
  readonly record: LiveRecord;
  readonly effects: readonly Effect[];
}

/**
 * Decides what an event means. Pure: the same record, event, now and rules give the same answer.
 * Where nothing changes, the record is the very same reference. What must happen is in the record; effects may be lost.
 * Throws only for a defect in a part; the record given stays as it was.
 */
export function step(record: LiveRecord, event: DeskEvent, now: Now, rules: Rules): Step {
  return decide(record, [event], now, rules);
}

export interface Turn extends Step {
  /** Events that a part could not digest, and what it threw: they count as never having come. */
  readonly failed: readonly { readonly event: DeskEvent; readonly error: unknown }[];
}

/** `step` over events that came together, one after the other, on one draft: thousands cost little more than one. */
export function foldEvents(record: LiveRecord, events: readonly DeskEvent[], now: Now, rules: Rules): Turn {
  try {
    return { ...decide(record, events, now, rules), failed: [] };
  } catch {
    return foldSingly(record, events, now, rules);
  }
}

function foldSingly(record: LiveRecord, events: readonly DeskEvent[], now: Now, rules: Rules): Turn {
  const effects: Effect[] = [];
  const failed: { event: DeskEvent; error: unknown }[] = [];
  let current = record;
  for (const event of events) {
    try {
      const decided = decide(current, [event], now, rules);
      current = decided.record;
      effects.push(...decided.effects);
    } catch (error) {
      failed.push({ event, error });
    }
  }
  return { record: current, effects, failed };
}

function decide(record: LiveRecord, events: readonly DeskEvent[], now: Now, rules: Rules): Step {
  const draft = openDraft(record);
  const context: Context = { now, at: now.wall, rules, effects: [] };
  for (const event of events) {
    const parts = table[event.type] as readonly Part<DeskEvent['type']>[];
    for (const part of parts) part(draft, event, context);
  }
  return { record: sealDraft(draft, record), effects: context.effects };
}
