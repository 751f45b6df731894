import { type GroupsOf, groupOf, inheritGrouping, noteGroups } from './grouping.ts';
import type { Incident } from './incident.ts';
import type { Notification } from './notification.ts';
import type { LiveRecord } from './record.ts';

/** A map that copies itself on its first change; the original stays as it was. */
export class DraftMap<Value> {
  readonly #original: ReadonlyMap<string, Value>;
  readonly #groupsOf: GroupsOf<Value>;
  #copy: Map<string, Value> | null = null;

  constructor(original: ReadonlyMap<string, Value>, groupsOf: GroupsOf<Value> = () => []) {
    this.#original = original;
    this.#groupsOf = groupsOf;
  }

  get current(): ReadonlyMap<string, Value> {
    return this.#copy ?? this.#original;
  }

  get(key: string): Value | undefined {
    return this.current.get(key);
  }

  has(key: string): boolean {
    return this.current.has(key);
  }

  set(key: string, value: Value): void {
    if (this.current.get(key) === value) return;
    const copy = this.#own();
    copy.set(key, value);
    noteGroups(copy, key, this.#groupsOf(value));
  }

  delete(key: string): void {
    if (this.current.has(key)) this.#own().delete(key);
  }

  /** The values of one group, in the order in which they came in. */
  group(name: string): Value[] {
    return groupOf(this.current, this.#groupsOf, name);
  }

  values(): Value[] {
    return [...this.current.values()];
  }

  entries(): [string, Value][] {
    return [...this.current];
  }

  #own(): Map<string, Value> {
    if (this.#copy === null) {
      this.#copy = new Map(this.#original);
      inheritGrouping(this.#original, this.#copy);
    }
    return this.#copy;
  }
}

/** Incidents are found by their service (of those without one: by an empty name), their certificate and the checks that share it. */
function groupsOfIncident({ service, checks, fingerprint }: Incident): readonly string[] {
  return fingerprint === null ? [service ?? ''] : [service ?? '', fingerprint, ...checks];
}

/** Notifications are found by the incidents that they tell about. */
export function groupsOfNotification({ incidents }: Notification): readonly string[] {
  return incidents;
}

type MapsOf<T> = { [Key in keyof T as T[Key] extends ReadonlyMap<string, unknown> ? Key : never]: T[Key] };
type RecordMaps = MapsOf<LiveRecord>;
type MapName = keyof RecordMaps;
type DraftMaps = {
  readonly [Key in MapName]: DraftMap<RecordMaps[Key] extends ReadonlyMap<string, infer Value> ? Value : never>;
};

/** The record while a turn works on it. */
export type Draft = DraftMaps & { ids: LiveRecord['ids']; graceUntil: number };

/** Opens `record` for changes that do not touch it. */
export function openDraft(record: LiveRecord): Draft {
  return {
    ids: record.ids,
    graceUntil: record.graceUntil,
    incidents: new DraftMap(record.incidents, groupsOfIncident),
    outbox: new DraftMap(record.outbox, groupsOfNotification),
    cells: new DraftMap(record.cells),
    maintenance: new DraftMap(record.maintenance),
    beats: new DraftMap(record.beats),
    refused: new DraftMap(record.refused),
    dismissed: new DraftMap(record.dismissed),
    held: new DraftMap(record.held),
    explained: new DraftMap(record.explained),
    inquiries: new DraftMap(record.inquiries),
    occurrences: new DraftMap(record.occurrences),
    remedyStarts: new DraftMap(record.remedyStarts),
    collectUntil: new DraftMap(record.collectUntil),
    paced: new DraftMap(record.paced),
  };
}

/** The record that the draft has become: the very same reference where nothing changed. */
export function sealDraft(draft: Draft, record: LiveRecord): LiveRecord {
  const sealed: LiveRecord = {
    ids: draft.ids,
    graceUntil: draft.graceUntil,
    incidents: draft.incidents.current,
    outbox: draft.outbox.current,
    cells: draft.cells.current,
    maintenance: draft.maintenance.current,
    beats: draft.beats.current,
    refused: draft.refused.current,
    dismissed: draft.dismissed.current,
    held: draft.held.current,
    explained: draft.explained.current,
    inquiries: draft.inquiries.current,
    occurrences: draft.occurrences.current,
    remedyStarts: draft.remedyStarts.current,
    collectUntil: draft.collectUntil.current,
    paced: draft.paced.current,
  };
  const same = (Object.keys(sealed) as (keyof LiveRecord)[]).every((key) => sealed[key] === record[key]);
  return same ? record : sealed;
}
