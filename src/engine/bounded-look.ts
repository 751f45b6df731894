import type { Observation } from '../core/observation.ts';
import type { Cancel, Ports } from './ports.ts';

export type LookEnd =
  | { readonly how: 'observed'; readonly observation: Observation }
  /** A defect of ours. */
  | { readonly how: 'threw'; readonly error: unknown }
  /** It ignored its deadline and was left alone: a defect of ours. */
  | { readonly how: 'abandoned' };

export interface BoundedLook {
  readonly look: (signal: AbortSignal) => Promise<Observation>;
  readonly timeoutMs: number;
  /** Called once, at the latest `patienceMs` after the deadline or the abort. */
  readonly onEnd: (end: LookEnd) => void;
  /** An abandoned look has ended after all. */
  readonly onLateEnd: () => void;
}

/** How long a look may take to end after its signal has aborted. */
export const patienceMs = 1000;

/** Starts a look that ends in time even when the probe ignores its signal; the result aborts it before its deadline. */
export function startLook(ports: Pick<Ports, 'clock' | 'timer'>, { look, timeoutMs, onEnd, onLateEnd }: BoundedLook): () => void {
  const controller = new AbortController();
  let ended = false;
  let cancel: Cancel = ports.timer.at(ports.clock().mono + timeoutMs, abort);

  function abort(): void {
    if (ended || controller.signal.aborted) return;
    cancel();
    cancel = ports.timer.at(ports.clock().mono + patienceMs, () => end({ how: 'abandoned' }));
    controller.abort(new DOMException('the time for this look is over', 'TimeoutError'));
  }
  function end(result: LookEnd): void {
    cancel();
    const late = ended;
    ended = true;
    if (late) onLateEnd();
    else onEnd(result);
  }

  Promise.try(look, controller.signal).then(
    (observation) => end({ how: 'observed', observation }),
    (error: unknown) => end({ how: 'threw', error }),
  );
  return abort;
}
