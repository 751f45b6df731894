import { HistoryError } from './errors.ts';
import type { Answers, Ask, Reply } from './history-types.ts';

/** Questions that the worker has not answered yet, by ticket. */
export interface WaitingQuestions {
  /**
   * The answer to come; rejects with a HistoryError at the deadline. The question stays listed even then, until it is
   * answered: it still stands in the worker's queue.
   */
  add<Op extends Ask['op']>(ticket: number): Promise<Answers[Op]>;
  /** Settles the question that a reply is for. */
  settle(reply: Reply): void;
  /** The worker is gone: none of them will be answered. */
  rejectAll(why: string): void;
  count(): number;
}

interface Waiting {
  readonly settle: (reply: Reply) => void;
  readonly reject: (why: string) => void;
}

/** An empty list whose questions wait for at most `deadlineMs`. */
export function createWaitingQuestions(deadlineMs: number): WaitingQuestions {
  const waiting = new Map<number, Waiting>();

  function add<Op extends Ask['op']>(ticket: number): Promise<Answers[Op]> {
    const { promise, resolve, reject } = Promise.withResolvers<Answers[Op]>();
    const fail = (why: string) => reject(new HistoryError(why));
    const timer = setTimeout(fail, deadlineMs, `the history gave no answer within ${deadlineMs} ms`);
    function settle(reply: Reply): void {
      if (reply.type === 'answer') resolve(reply.answer as Answers[Op]);
      else if (reply.type === 'failed') fail(reply.why);
    }
    waiting.set(ticket, { settle, reject: fail });
    return promise.finally(() => clearTimeout(timer));
  }

  function settle(reply: Reply): void {
    if (reply.type === 'repaired') return;
    waiting.get(reply.ticket)?.settle(reply);
    waiting.delete(reply.ticket);
  }

  function rejectAll(why: string): void {
    for (const one of waiting.values()) one.reject(why);
    waiting.clear();
  }

  return { add, settle, rejectAll, count: () => waiting.size };
}
