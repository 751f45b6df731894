/** A YAML document as plain data, refusing what no configuration needs. */
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import type { Secret } from '../../lib/secret.ts';
import { controlCharacterIn } from './decode.ts';

export interface Conversion {
  /** The value behind `!env`, `!file` or `!credential`. */
  secretOf(scalar: Scalar): Secret;
  /** A mistake at an offset of the text. */
  report(offset: number, message: string): void;
  lineOf(offset: number): number;
}

export const secretTags = ['!env', '!file', '!credential'] as const;

const plainTags = ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`);
const refusedKeys = new Set(['__proto__', 'constructor', 'prototype']);
const deepest = 32;
/** Values that aliases may repeat: far more than an office needs, far less than a bomb. */
const aliasBudget = 20_000;

interface Anchored {
  readonly value: unknown;
  readonly size: number;
}

interface State extends Conversion {
  /** By anchor; `open` while the value behind it is being read. */
  readonly anchors: Map<string, Anchored | 'open'>;
  size: number;
  aliased: number;
  tooDeep: boolean;
}

/** Plain objects, lists, scalars and secrets; what was reported is left out. Never throws. */
export function convert(root: Node | null, conversion: Conversion): unknown {
  return plainValue(root, { ...conversion, anchors: new Map(), size: 0, aliased: 0, tooDeep: false }, 0);
}

function plainValue(node: Node | null, state: State, depth: number): unknown {
  state.size++;
  if (node === null) return null;
  if (depth > deepest) return refuseDepth(node, state);
  if (isAlias(node)) return aliasValue(node, state);
  const anchor = 'anchor' in node ? node.anchor : undefined;
  if (anchor === undefined) return ownValue(node, state, depth);
  const before = state.size;
  state.anchors.set(anchor, 'open');
  const value = ownValue(node, state, depth);
  state.anchors.set(anchor, { value, size: state.size - before + 1 });
  return value;
}

function refuseDepth(node: Node, state: State): null {
  if (!state.tooDeep) state.report(offsetOf(node), `nested too deeply; at most ${deepest} levels`);
  state.tooDeep = true;
  return null;
}

function aliasValue(node: Node & { readonly source: string }, state: State): unknown {
  const anchored = state.anchors.get(node.source);
  if (anchored === undefined) {
    state.report(offsetOf(node), `*${node.source} names nothing; an anchor &${node.source} must stand before it`);
    return null;
  }
  if (anchored === 'open') {
    state.report(offsetOf(node), `*${node.source} stands inside of what it names`);
    return null;
  }
  if (state.aliased > aliasBudget) return null;
  state.aliased += anchored.size;
  state.size += anchored.size;
  if (state.aliased > aliasBudget)
    state.report(offsetOf(node), `aliases repeat more than ${aliasBudget} values here; write them out`);
  return state.aliased > aliasBudget ? null : anchored.value;
}

function ownValue(node: Node, state: State, depth: number): unknown {
  const tag = node.tag;
  const secretTag = secretTags.some((known) => known === tag);
  if (tag !== undefined && !secretTag && !plainTags.includes(tag)) {
    const shown = tag.replace(/^tag:yaml\.org,2002:/, '!!').slice(0, 40);
    state.report(offsetOf(node), `unknown tag ${shown}; known tags: ${secretTags.join(', ')}`);
  }
  if (isScalar(node)) return secretTag ? state.secretOf(node) : scalarValue(node, state);
  if (secretTag) {
    state.report(offsetOf(node), `${tag} takes one name, not a list or a map`);
    return null;
  }
  if (isSeq(node)) return node.items.map((item) => plainValue(item as Node | null, state, depth + 1));
  return isMap(node) ? mapValue(node, state, depth) : null;
}

function scalarValue(node: Scalar, state: State): unknown {
  if (typeof node.value !== 'string') return node.value;
  const control = controlCharacterIn(node.value);
  if (control) state.report(offsetOf(node), `the control character ${control} is not allowed in a text`);
  return node.value;
}

function mapValue(map: YAMLMap, state: State, depth: number): unknown {
  const entries = new Map<string, unknown>();
  const seen = new Map<string, number>();
  for (const pair of map.items as Pair<Node, Node | null>[]) {
    const key = isScalar(pair.key) ? pair.key.value : undefined;
    if (typeof key !== 'string') continue;
    const offset = offsetOf(pair.key);
    if (!acceptableKey(key, offset, seen, state)) continue;
    seen.set(key, offset);
    entries.set(key, plainValue(pair.value, state, depth + 1));
  }
  return Object.fromEntries(entries);
}

function acceptableKey(key: string, offset: number, seen: ReadonlyMap<string, number>, state: State): boolean {
  const earlier = seen.get(key);
  if (earlier !== undefined) state.report(offset, `the key "${key}" is written twice (first in line ${state.lineOf(earlier)})`);
  else if (refusedKeys.has(key)) state.report(offset, `the key "${key}" is not allowed`);
  else if (key === '<<') state.report(offset, 'merging with "<<" is not supported; write the keys out or use `defaults:`');
  else if (controlCharacterIn(key) || key.length > 200)
    state.report(offset, 'a key of at most 200 characters without control characters is needed');
  else return true;
  return false;
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
