import type { z } from 'zod';

/** A type with everything in it read-only, so that a schema's output and a hand-written type can be compared. */
type Frozen<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends ReadonlyMap<infer K, infer V>
    ? ReadonlyMap<K, Frozen<V>>
    : { readonly [K in keyof T]: Frozen<T[K]> };

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** The keys of two objects' types that one of them lacks or has with another type. */
type Differing<A, B> = {
  [K in keyof A | keyof B]: K extends keyof A & keyof B ? (Same<A[K], B[K]> extends true ? never : K) : K;
}[keyof A | keyof B];

type Checked<S extends z.ZodType, T> =
  Same<Frozen<z.output<S>>, Frozen<T>> extends true
    ? unknown
    : { readonly schemaDiffersIn: Differing<Frozen<z.output<S>>, Frozen<T>> };

/**
 * Takes only a schema that describes exactly `T`: where schema and type drift apart the call does not compile,
 * and the error names the keys.
 */
export function exactly<T>() {
  return <S extends z.ZodType>(schema: S & Checked<S, T>): z.ZodType<T> => schema as unknown as z.ZodType<T>;
}
