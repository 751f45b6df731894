/**
 * Keys of a map by group, such as notifications by incident: without it, every decision about one of many thousand
 * incidents would read the whole outbox.
 *
 * A grouping is shared by a map and the copies made of it. It only grows, so it may name keys that one of them does not
 * hold or no longer holds in that group; readers look each one up.
 */
interface Grouping {
  readonly keys: Map<string, Set<string>>;
  count: number;
}

/** The groups that a value belongs to. */
export type GroupsOf<Value> = (value: Value) => readonly string[];

const groupings = new WeakMap<ReadonlyMap<string, unknown>, Grouping>();

/** A grouping that names this many times as many keys as its map holds is made anew. */
const slack = 4;
const slackFloor = 1_000;

/** The values of one group, in the order in which they came in. */
export function groupOf<Value>(map: ReadonlyMap<string, Value>, groupsOf: GroupsOf<Value>, group: string): Value[] {
  const keys = groupingOf(map, groupsOf).keys.get(group);
  if (keys === undefined) return [];
  const values: Value[] = [];
  for (const key of keys) {
    const value = map.get(key);
    if (value !== undefined && groupsOf(value).includes(group)) values.push(value);
  }
  return values;
}

/** Lets a copy share the grouping of its original. */
export function inheritGrouping(from: ReadonlyMap<string, unknown>, to: ReadonlyMap<string, unknown>): void {
  const grouping = groupings.get(from);
  if (grouping !== undefined && grouping.count <= slack * from.size + slackFloor) groupings.set(to, grouping);
}

/** Notes a value that has come into a map. */
export function noteGroups(map: ReadonlyMap<string, unknown>, key: string, groups: readonly string[]): void {
  const grouping = groupings.get(map);
  if (grouping !== undefined) for (const group of groups) put(grouping, group, key);
}

function groupingOf<Value>(map: ReadonlyMap<string, Value>, groupsOf: GroupsOf<Value>): Grouping {
  const known = groupings.get(map);
  if (known !== undefined) return known;
  const grouping: Grouping = { keys: new Map(), count: 0 };
  for (const [key, value] of map) for (const group of groupsOf(value)) put(grouping, group, key);
  groupings.set(map, grouping);
  return grouping;
}

function put(grouping: Grouping, group: string, key: string): void {
  const keys = grouping.keys.get(group) ?? new Set();
  grouping.keys.set(group, keys);
  if (keys.has(key)) return;
  keys.add(key);
  grouping.count += 1;
}
