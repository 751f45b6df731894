import { inspect } from 'node:util';

/**
 * A value that must not be seen: it prints `***` in logs, JSON, templates and the inspector.
 * It travels from the configuration to the one place that needs it and is read there by `reveal()`.
 */
export interface Secret {
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

const hidden = '***';

/** Wraps `value` so that only `reveal()` gives it back. */
export function secret(value: string): Secret {
  return {
    reveal: () => value,
    toString: () => hidden,
    toJSON: () => hidden,
    [inspect.custom]: () => hidden,
  } as Secret;
}

/** True for what `secret()` made. */
export function isSecret(value: unknown): value is Secret {
  return typeof value === 'object' && value !== null && inspect.custom in value && 'reveal' in value;
}

/** A configured text that may be a secret: gives its value, for the place that uses it. */
export function revealed(value: string | Secret): string {
  return typeof value === 'string' ? value : value.reveal();
}
