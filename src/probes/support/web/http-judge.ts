/** Whether an answer is the one that the admin wants. */
import type { CauseCode } from '../../../core/observation.ts';
import type { WebAnswer } from '../../../net/http.ts';
import { isExpression, matches } from '../pattern.ts';
import type { Expectation } from './http-options.ts';
import { readPath } from './json-path.ts';

/** What is wrong with an answer; null: nothing. `too-slow` is an expression that the admin must simplify. */
export type Complaint = { readonly reason: CauseCode | 'too-slow'; readonly text: string } | null;

/** Checks status, headers, body and JSON values, in this order; the first complaint counts. */
export function judgeAnswer(answer: WebAnswer, expect: Expectation): Complaint {
  return (
    judgeStatus(answer, expect.status) ??
    judgeHeaders(answer, expect.header) ??
    judgeBody(answer, expect.body) ??
    judgeJson(answer, expect.json)
  );
}

/** Whether the body is looked at, so that it must be read in clear. */
export function looksAtBody(expect: Expectation): boolean {
  return expect.body !== undefined || expect.json !== undefined;
}

function judgeStatus(answer: WebAnswer, wanted: Expectation['status']): Complaint {
  if (answer.isLoop) return { reason: 'http-status', text: `it redirects in a circle, or more than ${answer.hops} times` };
  const list = wanted === undefined ? ['2xx', '3xx'] : Array.isArray(wanted) ? wanted : [wanted];
  if (list.some((one) => one === answer.status || one === `${Math.floor(answer.status / 100)}xx`)) return null;
  const reason = answer.status === 401 || answer.status === 403 ? 'auth-failed' : 'http-status';
  return { reason, text: wanted === undefined ? '' : `expected ${list.join(' or ')}` };
}

function judgeHeaders(answer: WebAnswer, wanted: Expectation['header']): Complaint {
  for (const [name, pattern] of Object.entries(wanted ?? {})) {
    const found = answer.headers[name.toLowerCase()];
    if (found === undefined) return { reason: 'content', text: `there is no header ${name}` };
    const complaint = contains(pattern, found, `header ${name} is "${found.slice(0, 80)}" and does not contain`);
    if (complaint) return complaint;
  }
  return null;
}

function judgeBody(answer: WebAnswer, wanted: string | undefined): Complaint {
  return wanted === undefined ? null : contains(wanted, textOf(answer), `the body${extent(answer)} does not contain`);
}

function judgeJson(answer: WebAnswer, wanted: Expectation['json']): Complaint {
  if (wanted === undefined) return null;
  let document: unknown;
  try {
    document = JSON.parse(textOf(answer));
  } catch {
    return { reason: 'content', text: `the body${extent(answer)} is not valid JSON` };
  }
  for (const [path, value] of Object.entries(wanted)) {
    const complaint = judgeValue(path, readPath(document, path), value);
    if (complaint) return complaint;
  }
  return null;
}

function judgeValue(path: string, found: unknown, wanted: string | number | boolean | null): Complaint {
  const seen = found === undefined ? 'missing' : JSON.stringify(found).slice(0, 80);
  const isText = typeof wanted === 'string' && isExpression(wanted) && (typeof found === 'string' || typeof found === 'number');
  if (isText) return contains(wanted, String(found), `${path} is ${seen} and does not match`);
  return found === wanted ? null : { reason: 'content', text: `${path} is ${seen}, expected ${JSON.stringify(wanted)}` };
}

function contains(pattern: string, text: string, complaint: string): Complaint {
  const quoted = isExpression(pattern) ? pattern : `"${pattern}"`;
  switch (matches(pattern, text)) {
    case 'match':
      return null;
    case 'no-match':
      return { reason: 'content', text: `${complaint} ${quoted}` };
    case 'too-slow':
      return { reason: 'too-slow', text: `the expression ${quoted} takes too long on this answer; write a simpler one` };
  }
}

/** The body as text, in the character set that the answer names where it is a known one, else UTF-8. */
function textOf(answer: WebAnswer): string {
  const label = /charset="?([\w.:-]+)/i.exec(answer.headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(answer.body);
  } catch {
    return new TextDecoder().decode(answer.body);
  }
}

function extent(answer: WebAnswer): string {
  return answer.cut ? `'s first ${Math.round(answer.body.length / 1024)} KiB` : '';
}
