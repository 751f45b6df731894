import fc from 'fast-check';
import type { z } from 'zod';

// Made once: fast-check takes milliseconds to prepare a text, and the record has hundreds of them.
const anyText = fc.string({ unit: 'binary', maxLength: 12 });
const anyKey = fc.string({ maxLength: 8 });

/** Any JSON that a schema of the store takes, made from the schema itself. */
export function arbitraryInput(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'string':
      return anyText;
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries));
    case 'literal':
      return fc.constantFrom(...def.values);
    case 'nullable':
      return fc.option(arbitraryInput(def.innerType), { nil: null });
    case 'array':
      return fc.array(arbitraryInput(def.element), { maxLength: 3 });
    case 'tuple':
      return fc.tuple(...def.items.map(arbitraryInput));
    case 'union':
      return fc.oneof(...def.options.map(arbitraryInput));
    case 'record':
      return fc.dictionary(anyKey, arbitraryInput(def.valueType), { maxKeys: 3 });
    case 'default':
      return arbitraryInput(def.innerType);
    case 'pipe':
      return arbitraryInput(def.in);
    case 'object':
      return arbitraryObject(def.shape);
    default:
      throw new Error(`the store's schemas are not known to use ${def.type}`);
  }
}

function arbitraryObject(shape: z.core.$ZodShape): fc.Arbitrary<unknown> {
  const all = Object.entries(shape).map(([key, schema]) => {
    const { def } = (schema as z.core.$ZodTypes)._zod;
    const value = arbitraryInput(def.type === 'optional' ? def.innerType : schema);
    return def.type === 'optional'
      ? fc.option(
          value.map((made) => [key, made] as const),
          { nil: null },
        )
      : value.map((made) => [key, made] as const);
  });
  return fc.tuple(...all).map((pairs) => Object.fromEntries(pairs.filter((pair) => pair !== null)));
}
