/** The grammar of the configuration for editors. */
import { z } from 'zod';
import type { Probe } from '../probes/contract.ts';
import { wholeSchema } from './schema.ts';
import { generalShape } from './sections/checks.ts';
import { serviceShape } from './sections/services.ts';

/** JSON Schema (2020-12) of a configuration file, with the options of every given check kind. */
export function jsonSchema(probes: readonly Probe[]): object {
  const check = checkSchema(probes);
  const service = z.strictObject({
    ...serviceShape,
    check: check.optional().describe('Its only check: a URL, a kind, or a kind with its target and options.'),
    checks: z.array(check).optional().describe('Its checks.'),
  });
  const schema = z.toJSONSchema(wholeSchema(service), { io: 'input', unrepresentable: 'any', override: lighten });
  return { ...schema, title: 'incidentd configuration' };
}

function checkSchema(probes: readonly Probe[]) {
  const alone = z.string().meta({ examples: probes.flatMap((probe) => (probe.schemes ?? []).map((scheme) => `${scheme}://`)) });
  const word = z.union([z.string(), z.number()]);
  const target = z.union([word, z.array(word), z.null()]);
  const kinds = probes.map((probe) => {
    const options = optionShape(probe);
    return z
      .strictObject({ [probe.kind]: target.describe(probe.summary), ...options, ...generalShape })
      .meta({ id: `check-${probe.kind}` });
  });
  return z.union([alone, ...kinds]).meta({ id: 'check' });
}

/** A kind's own options, none of which must be written: the target may give them. */
function optionShape(probe: Probe): Record<string, z.ZodType> {
  const { schema } = probe;
  if (!(schema instanceof z.ZodObject)) return {};
  return Object.fromEntries(Object.entries(schema.shape).map(([key, option]) => [key, (option as z.ZodType).optional()]));
}

/** Takes out what helps no editor: the largest safe integers as limits. */
function lighten({ jsonSchema: one }: { readonly jsonSchema: { minimum?: unknown; maximum?: unknown } }): void {
  if (one.minimum === Number.MIN_SAFE_INTEGER) delete one.minimum;
  if (one.maximum === Number.MAX_SAFE_INTEGER) delete one.maximum;
}
