/** A check as written: a URL, a kind, or `kind: target` with options. */
import { z } from 'zod';
import { isSecret, revealed, type Secret } from '../../lib/secret.ts';
import type { Probe, Typed } from '../../probes/contract.ts';
import { isMap } from '../names.ts';
import { type Mistake, mistakesOf } from '../parse-section.ts';
import type { Part, Path } from '../problem.ts';
import { name } from '../scalars/numbers.ts';
import { enumeration, hint, nearest } from '../suggest.ts';
import { found, inWords } from '../words.ts';
import { paceShape } from './pace.ts';
import { limitSchema, limitWords } from './thresholds.ts';

/** What the reference and editors say of checks. */
export const checkSection = {
  description: 'One look at a service: a URL, a kind, or a kind with its target and options.',
  about: `A check is a kind with its target, \`tcp: db:5432\`, and options beside it, indented as far as the kind. Where the target has a URL form,
the URL alone is a check. A kind that names no target looks at the \`host\` of its service.

An observation is \`up\`, \`degraded\`, \`down\`, or \`unknown\` when the look itself could not be made, which never counts as a failure. Limits
only worsen it. *Current* measures (a response time, an age) are degraded beyond \`warning\` and down beyond \`critical\`. *Forewarnings*
(days left, space used) are never down: beyond \`warning\` they are a minor warning, beyond \`critical\` a major one. A check is identified by
its service, kind and target, or by its \`name\`.`,
  sample: `services:
  - name: Router
    check: ping://192.168.178.1
  - name: Database
    host: db.office.example
    checks:
      - ping
      - tcp: 5432
        name: accepts connections
        interval: 30s
        warning: 200ms
        critical: 2s
      - ping: db2.office.example
        part: true
        warning: { loss: 20%, time: 100ms }`,
} as const;

/** Options that every kind takes, beside its own. */
export const generalShape = {
  name: name().optional().describe('Its name, where kind and target do not tell it apart or shall not be its identity.'),
  part: z
    .boolean()
    .optional()
    .meta({ usual: false })
    .describe('`true`: the service goes on without what this check watches, with less: down is then major instead of critical.'),
  ...paceShape,
  warning: limitSchema.optional().describe(limitWords.warning),
  critical: limitSchema.optional().describe(limitWords.critical),
};
export const generalSchema = z.strictObject(generalShape);

/** A check taken apart, its kind known. */
export interface WrittenCheck {
  readonly probe: Probe;
  readonly typed: Typed;
  /** Where the target stands below the check; empty for a check without options. */
  readonly targetPath: Path;
  readonly general: Readonly<Record<string, unknown>>;
  readonly own: Readonly<Record<string, unknown>>;
}

export type Refused = { readonly refused: string; readonly path: Path; readonly part: Part };

/** Takes a check apart, or says why it cannot. */
export function takeApart(raw: unknown, probes: readonly Probe[]): WrittenCheck | Refused {
  if (typeof raw === 'string' || isSecret(raw)) return fromText(raw, probes);
  if (isMap(raw)) return fromMap(raw, probes);
  return refuse(`expected a URL, a kind or a map such as { ping: router }, found ${found(raw)}${kindList(probes)}`);
}

function refuse(refused: string, path: Path = [], part: Part = 'value'): Refused {
  return { refused, path, part };
}

function kindList(probes: readonly Probe[]): string {
  return `; kinds: ${enumeration(probes.map((probe) => probe.kind))}`;
}

function fromText(raw: string | Secret, probes: readonly Probe[]): WrittenCheck | Refused {
  const bare = { targetPath: [], general: {}, own: {} };
  const text = revealed(raw).trim();
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    const probe = probes.find((one) => one.kind === text);
    return probe ? { probe, typed: null, ...bare } : refuse(`${found(raw)} is neither a URL nor a kind${nearKind(text, probes)}`);
  }
  const probe = probes.find((one) => one.schemes?.includes(scheme));
  if (probe) return { probe, typed: raw, ...bare };
  const schemes = probes.flatMap((one) => one.schemes ?? []);
  return refuse(`no check kind takes ${scheme}://${hint(scheme, schemes, 'known schemes')}${kindList(probes)}`);
}

function nearKind(word: string, probes: readonly Probe[]): string {
  const kinds = probes.map((probe) => probe.kind);
  const near = nearest(word, kinds);
  return `${near === undefined ? '' : ` (did you mean "${near}"?)`}${kindList(probes)}`;
}

function fromMap(raw: Readonly<Record<string, unknown>>, probes: readonly Probe[]): WrittenCheck | Refused {
  const keys = Object.keys(raw);
  const kinds = keys.filter((key) => probes.some((probe) => probe.kind === key));
  const [kind] = kinds;
  const probe = probes.find((one) => one.kind === kind);
  if (kind === undefined || !probe) return withoutKind(keys, probes);
  const second = kinds.slice(1).find((key) => !Object.hasOwn(optionsOf(probe), key));
  if (second !== undefined) return refuse(`two kinds in one check, "${kind}" and "${second}"; write two checks`, [second], 'key');
  const { [kind]: typed, ...options } = raw;
  if (!isTyped(typed)) return refuse(targetWords(kind, typed), [kind]);
  const general = Object.fromEntries(Object.entries(options).filter(([key]) => Object.hasOwn(generalShape, key)));
  const own = Object.fromEntries(Object.entries(options).filter(([key]) => !Object.hasOwn(generalShape, key)));
  return { probe, typed, targetPath: [kind], general, own };
}

/** A kind's own options by key. One may have the name of another kind: the kind of a check stands first. */
export function optionsOf({ schema }: Probe): Readonly<Record<string, z.ZodType>> {
  return schema instanceof z.ZodObject ? (schema.shape as Record<string, z.ZodType>) : {};
}

function withoutKind(keys: readonly string[], probes: readonly Probe[]): Refused {
  const stranger = keys.find((key) => !Object.hasOwn(generalShape, key));
  if (stranger === undefined) return refuse(`the check names no kind${kindList(probes)}`);
  return refuse(`unknown check kind "${stranger}"${nearKind(stranger, probes)}`, [stranger], 'key');
}

function targetWords(kind: string, typed: unknown): string {
  if (isMap(typed)) return `options stand beside "${kind}:", not below it; indent them as far as "${kind}"`;
  return `expected the target of "${kind}", found ${found(typed)}`;
}

function isTyped(value: unknown): value is Typed {
  return value === null || isWord(value) || (Array.isArray(value) && value.every(isWord));
}

function isWord(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || isSecret(value);
}

export type Understood = { readonly options: unknown } | { readonly mistakes: readonly Mistake[] };

/** Holds target and options against the kind's schema. A secret where plain text is wanted gives its text. */
export function understand(check: WrittenCheck, host: string | null): Understood {
  const target = check.probe.target(check.typed, host);
  const written = { ...target, ...check.own };
  const result = check.probe.schema.safeParse(written, { error: inWords });
  if (result.success) return { options: result.data };
  const plain = mistakesOf(result.error, written).reduce<unknown>((value, one) => withPlainText(value, one.path), written);
  const again = check.probe.schema.safeParse(plain, { error: inWords });
  return again.success ? { options: again.data } : { mistakes: mistakesOf(again.error, plain).map((one) => placed(one, check)) };
}

/** The same value where no secret stands at `path`. */
function withPlainText(value: unknown, path: Path): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return isSecret(value) ? revealed(value) : value;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? withPlainText(item, rest) : item));
  return isMap(value) && Object.hasOwn(value, step) ? { ...value, [step]: withPlainText(value[step], rest) } : value;
}

/** Mistakes of what the target gave stand at the target; unknown keys may have meant a general option. */
function placed(mistake: Mistake, check: WrittenCheck): Mistake {
  const [first] = mistake.path;
  const isWritten = typeof first === 'string' && Object.hasOwn(check.own, first);
  const path = isWritten ? mistake.path : check.targetPath;
  if (mistake.unknownKey === undefined || mistake.path.length > 1) return { ...mistake, path };
  const near = nearest(mistake.unknownKey, Object.keys(generalShape));
  const message = near === undefined ? mistake.message : `unknown key "${mistake.unknownKey}" (did you mean "${near}"?)`;
  return { path, message, part: 'key' };
}
