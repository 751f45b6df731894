/** The grammar of the configuration for editors, and with what the reference needs besides. */
import { z } from 'zod';
import type { Channel } from '../channels/contract.ts';
import type { Probe } from '../probes/contract.ts';
import { wholeSchema } from './schema.ts';
import { checkSection, generalShape, optionsOf } from './sections/checks.ts';
import { serviceShape } from './sections/services.ts';
import { limitsOf } from './sections/thresholds.ts';
import { givenByTarget } from './target-options.ts';

/** One schema of the grammar: the parts of JSON Schema that are used here. */
export interface Grammar {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Grammar[];
  readonly items?: Grammar;
  readonly properties?: Readonly<Record<string, Grammar>>;
  readonly additionalProperties?: Grammar | boolean;
  readonly propertyNames?: Grammar;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** For the reference only: what a scalar accepts, in words. */
  readonly words?: string;
  /** For the reference only: what is allowed of it, such as `1s to 31d`. */
  readonly limits?: string;
  /** For the reference only: further paragraphs. */
  readonly about?: string;
  /** For the reference only: an example, as YAML. */
  readonly sample?: string;
  readonly $defs?: Readonly<Record<string, Grammar>>;
}

const referenceOnly = ['words', 'limits', 'about', 'sample'] as const;

/** JSON Schema (2020-12) of a configuration file, with the options of every given check kind and channel. */
export function jsonSchema(probes: readonly Probe[], channels: readonly Channel[]): object {
  const schema = toJson(probes, channels, (one) => {
    for (const key of referenceOnly) delete one[key];
  });
  return { ...schema, title: 'incidentd configuration' };
}

/** The same with everything that the reference says. */
export function grammar(probes: readonly Probe[], channels: readonly Channel[]): Grammar {
  return toJson(probes, channels, () => {}) as Grammar;
}

function toJson(probes: readonly Probe[], channels: readonly Channel[], change: (one: Record<string, unknown>) => void): object {
  const check = checkSchema(probes);
  const service = z.strictObject({
    ...serviceShape,
    check: check.optional().describe('Its only check: a URL, a kind, or a kind with its target and options.'),
    checks: z.array(check).optional().describe('Its checks, as a list.'),
  });
  return z.toJSONSchema(wholeSchema(service, channels), {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: one }) => {
      if (zodSchema instanceof z.ZodObject) requireKeys(one, zodSchema);
      lighten(one);
      change(one);
    },
  });
}

function checkSchema(probes: readonly Probe[]) {
  const kinds = z.enum(probes.map((probe) => probe.kind));
  const url = z.string().meta({ examples: probes.flatMap((probe) => (probe.schemes ?? []).map((scheme) => `${scheme}://`)) });
  return z.union([kinds, url, ...probes.map(kindSchema)]).meta({ id: 'check', ...checkSection });
}

const word = z.union([z.string(), z.number()]);
const target = z.union([word, z.array(word), z.null()]);

function kindSchema(probe: Probe) {
  const shape = {
    [probe.kind]: target.describe(probe.summary),
    ...optionShape(probe),
    ...generalShape,
    ...limitsOf(probe.measures),
  };
  return z.strictObject(shape).meta({ id: `check-${probe.kind}` });
}

/** A kind's own options; what the target gives need not be written. */
function optionShape(probe: Probe): Record<string, z.ZodType> {
  const given = givenByTarget(probe);
  const options = Object.entries(optionsOf(probe));
  return Object.fromEntries(options.map(([key, option]) => [key, given.has(key) ? option.optional() : option]));
}

/** Keys without which the map is refused; zod takes some for optional that read their value before it is checked. */
function requireKeys(one: { required?: string[] }, { shape }: z.ZodObject): void {
  const keys = Object.entries(shape).filter(([, value]) => !(value as z.ZodType).safeParse(undefined).success);
  one.required = keys.map(([key]) => key);
  if (keys.length === 0) delete one.required;
}

/**
 * Takes out what helps no editor: the largest safe integers as limits, forms that are the same. `usual` is a default that the
 * schema does not fill in itself; zod drops `default` there.
 */
function lighten(one: { minimum?: number; maximum?: number; anyOf?: unknown[]; usual?: unknown; default?: unknown }): void {
  if (one.usual !== undefined) one.default = one.usual;
  delete one.usual;
  if (one.minimum === Number.MIN_SAFE_INTEGER) delete one.minimum;
  if (one.maximum === Number.MAX_SAFE_INTEGER) delete one.maximum;
  const forms = [...new Map((one.anyOf ?? []).map((form) => [JSON.stringify(form), form])).values()];
  // Forms that are not filled in yet only look the same.
  if (forms.length === 1 && JSON.stringify(forms[0]) !== '{}' && typeof forms[0] === 'object') {
    delete one.anyOf;
    Object.assign(one, { ...forms[0], ...one });
  }
}
