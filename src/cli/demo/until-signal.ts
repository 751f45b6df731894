import { Stop } from '../stop.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Aborts when this process is asked to end; until disposed, such a signal ends nothing by itself. */
export function untilSignal(): Disposable & { readonly signal: AbortSignal } {
  const stop = new AbortController();
  const onSignal = () => stop.abort(new Stop('stopped before the end of the story; everything that it started is ended'));
  for (const signal of signals) process.on(signal, onSignal);
  return {
    signal: stop.signal,
    [Symbol.dispose]: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
