import type { Context, Part } from './context.ts';
import { openDraft, sealDraft } from './draft.ts';
import type { DeskEvent, Effect, Now } from './event.ts';
import { act } from './parts/acts.ts';
import { forgetArchived } from './parts/archive.ts';
import { shiftClock } from './parts/clock.ts';
import { endDelivery, startDelivery } from './parts/deliver.ts';
import { takeTransition } from './parts/life.ts';
import { start, wake } from './parts/own-outage.ts';
import { passTime } from './parts/passing-time.ts';
import { adoptRules, changeRules, refuseConfiguration, tellTrouble } from './parts/reload.ts';
import { watchSelf } from './parts/self-watch.ts';
import type { LiveRecord } from './record.ts';
import type { Rules } from './rules.ts';

/** For each type of event, the parts of the decision in their order. */
const table: { readonly [Type in DeskEvent['type']]: readonly Part<Type>[] } = {
  started: [adoptRules, start],
  transition: [takeTransition, watchSelf],
  time: [passTime],
  act: [act],
  'delivery-started': [startDelivery],
  'delivery-ended': [endDelivery],
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
  const draft = openDraft(record);
  const context: Context = { now, at: now.wall, rules, effects: [] };
  const parts = table[event.type] as readonly Part<DeskEvent['type']>[];
  for (const part of parts) part(draft, event, context);
  return { record: sealDraft(draft, record), effects: context.effects };
}
