/** One look of a kind, from what an admin would type to the observation. */
import type { Observation } from '../../../src/core/observation.ts';
import type { Probe, ProbeContext, Typed } from '../../../src/probes/contract.ts';

export type Circumstances = Partial<ProbeContext> & { readonly host?: string };

/** Options as the configuration makes them; throws where the admin is told what is wrong. */
export function optionsOf<Options>(
  probe: Probe<Options>,
  typed: Typed,
  written: object = {},
  host: string | null = null,
): Options {
  return probe.schema.parse({ ...probe.target(typed, host), ...written });
}

/** Looks once; without a signal of its own within two seconds. */
export function look<Options>(
  probe: Probe<Options>,
  typed: Typed,
  written: object = {},
  circumstances: Circumstances = {},
): Promise<Observation> {
  const { host, timeoutMs = 2000, ...rest } = circumstances;
  const now = Date.now();
  const context = { signal: AbortSignal.timeout(timeoutMs), timeoutMs, now, timezone: 'Europe/Berlin', beat: null, ...rest };
  return probe.run(optionsOf(probe, typed, written, host ?? null), context);
}
