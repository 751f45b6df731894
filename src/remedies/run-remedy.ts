import type { RemedyEnd } from '../core/remedy.ts';
import { callWebhook } from './call-webhook.ts';
import type { BoundRemedy, RemedyRequest } from './contract.ts';
import { runProgram } from './run-program.ts';

/**
 * Runs a remedy within `signal`; nothing that it does throws. A program gets the incident as JSON on standard input and is
 * ended with its whole process group; a webhook gets it by POST. No secret is in the outcome or the output.
 */
export async function runRemedy(request: RemedyRequest, bound: BoundRemedy | undefined, signal: AbortSignal): Promise<RemedyEnd> {
  if (bound === undefined) return { ok: false, outcome: 'no longer in the configuration', output: '' };
  const { does, conceal } = bound;
  if ('run' in does) return await runProgram(does, request, conceal, signal);
  return await callWebhook(does, request, conceal, signal);
}
