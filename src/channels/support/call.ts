/** One call of a web address that takes a message, and what its answer means. */

import { callHook, type HookCall, hookAnswerLimit, redirectedTo } from '../../net/hook.ts';
import type { WebAnswer } from '../../net/http.ts';
import type { ExchangeFailure } from '../../net/http-exchange.ts';
import { oneLine } from '../../texts/clean.ts';
import type { DeliveryOutcome } from '../contract.ts';

/** From the name of the server to the last byte of its answer. */
const deadlineMs = 30_000;

/**
 * - sent: any 2xx.
 * - retry: 408, 425, 429, 5xx, and whatever kept the request from leaving.
 * - refused: every other status. Redirects are not followed: a POST that becomes a GET loses its body.
 * - uncertain: the request left, and no status came back.
 */
export async function call({ signal, ...request }: HookCall): Promise<DeliveryOutcome> {
  if (signal.aborted) return { state: 'retry', response: 'stopped before it was tried' };
  const answer = await callHook({ ...request, signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]) });
  return answer.ok ? judge(answer) : judgeFailure(answer);
}

function judge(answer: WebAnswer): DeliveryOutcome {
  const { status, statusText, headers } = answer;
  const state = stateOf(status);
  const line = answer.body.toString('utf8').trim().split('\n')[0] ?? '';
  const said = oneLine(redirectedTo(status, headers.location) ?? line, hookAnswerLimit);
  const answered = `HTTP ${status} ${oneLine(statusText, 60)}`.trim();
  return { state, response: said === '' ? answered : `${answered}: ${said}` };
}

function judgeFailure({ status, asked, text }: ExchangeFailure): DeliveryOutcome {
  if (status !== undefined) return { state: stateOf(status), response: oneLine(`HTTP ${status}: ${text}`) };
  return { state: asked ? 'uncertain' : 'retry', response: oneLine(text) };
}

function stateOf(status: number): DeliveryOutcome['state'] {
  if (status >= 200 && status < 300) return 'sent';
  return status === 408 || status === 425 || status === 429 || status >= 500 ? 'retry' : 'refused';
}

/** The beginning of a text that has no more than so many bytes as UTF-8, cut after a line where it is cut. */
export function shortened(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  const cut = Buffer.from(text)
    .subarray(0, bytes - 4)
    .toString('utf8')
    .replace(/\ufffd+$/, '');
  const end = cut.lastIndexOf('\n');
  return `${end > cut.length / 2 ? cut.slice(0, end) : cut}\n…`;
}
