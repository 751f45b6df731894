/** Looks made safe: one that fails by our own fault, or does not end in time, has seen nothing. */
import type { LookName, Sight, Word } from './vocabulary.ts';

/** What a look saw; never rejects, and settles at the latest when `signal` aborts. */
export function sight<Look extends LookName>(
  look: Promise<Sight<Look>>,
  subject: string,
  signal: AbortSignal,
): Promise<Sight<Look>> {
  return guarded(look, signal, (detail) => unclear<Look>(subject, detail));
}

/** The same for what is more than one sight. */
export async function guarded<Seen>(
  look: Promise<Seen>,
  signal: AbortSignal,
  otherwise: (detail: string) => Seen,
): Promise<Seen> {
  const { promise: late, resolve } = Promise.withResolvers<Seen>();
  const onAbort = () => resolve(otherwise('not looked at to the end: there was no time'));
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([look, late]);
  } catch (error) {
    return otherwise(`could not be looked at: ${String(error)}`);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Nothing was seen that says anything either way. */
export function unclear<Look extends LookName>(subject: string, detail: string): Sight<Look> {
  return { saw: 'unclear' as Word<Look>, subject, detail };
}
