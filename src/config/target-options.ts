/** Which options of a kind its target gives. */
import { parse } from 'yaml';
import type { Probe, Typed } from '../probes/contract.ts';
import { isMap } from './names.ts';

/** Keys of the options that come from what stands behind the kind, as its own examples write it. */
export function givenByTarget({ kind, example, target }: Probe): ReadonlySet<string> {
  const checks: unknown = parse(example, { logLevel: 'silent' });
  const typed = (Array.isArray(checks) ? checks : []).filter(isMap).map((check) => check[kind] as Typed);
  return new Set(typed.flatMap((one) => Object.keys(target(one, null))));
}
