import type { RemedyEnd } from '../core/remedy.ts';
import { callHook, redirectedTo, signature } from '../net/hook.ts';
import type { WebAnswer } from '../net/http.ts';
import type { ExchangeFailure } from '../net/http-exchange.ts';
import { oneLine } from '../texts/clean.ts';
import { longestRun, type RemedyRequest, type Webhook } from './contract.ts';
import { shown } from './output.ts';
import { eventOf } from './told.ts';

/** Calls a web address with the incident as JSON, signed as the channel `webhook` does; 2xx is well. */
export async function callWebhook(
  { webhook: { url, secret } }: Webhook,
  request: RemedyRequest,
  conceal: (text: string) => string,
  signal: AbortSignal,
): Promise<RemedyEnd> {
  const body = JSON.stringify(eventOf(request));
  const headers = { 'X-Incidentd-Id': request.run.key, ...signature(body, secret) };
  const answer = await callHook({ url, method: 'POST', headers, body, signal });
  const { ok, outcome, output } = answer.ok ? judge(answer) : judgeFailure(answer, signal);
  return { ok, outcome: oneLine(conceal(outcome)), output: shown(conceal(output)) };
}

function judge({ status, statusText, headers, body }: WebAnswer): RemedyEnd {
  const answered = `HTTP ${status} ${statusText}`.trim();
  const advice = redirectedTo(status, headers.location) ?? adviceOn(status);
  const outcome = advice === null ? answered : `${answered}: ${advice}`;
  return { ok: status >= 200 && status < 300, outcome, output: body.toString('utf8') };
}

function adviceOn(status: number): string | null {
  if (status === 401 || status === 403) return 'it was refused; check the address and the secret of the webhook';
  if (status === 404 || status === 405 || status === 410) return 'nothing takes it there; check the address of the webhook';
  return status >= 500 ? 'the called side failed; its log says why' : null;
}

function judgeFailure({ status, asked, text }: ExchangeFailure, signal: AbortSignal): RemedyEnd {
  if (status !== undefined) return { ok: status >= 200 && status < 300, outcome: `HTTP ${status}: ${text}`, output: '' };
  const late = signal.aborted ? `no answer within ${longestRun}` : text;
  const doubt = asked ? '; it may have been carried out all the same' : '';
  return { ok: false, outcome: `${late}${doubt}`, output: '' };
}
