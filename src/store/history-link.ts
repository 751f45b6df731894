import { Worker } from 'node:worker_threads';
import { HistoryError } from './errors.ts';
import type { Answers, Ask, Question, Reply } from './history-types.ts';
import { createWaitingQuestions } from './waiting-questions.ts';

/** The way to the worker that owns the database. */
export interface HistoryLink {
  /**
   * Asks and waits for the answer, 5 seconds at most; rejects with a HistoryError when there is none by then, when the
   * worker says no or dies, or when too many questions wait already.
   */
  ask<Op extends Ask['op']>(ask: Extract<Ask, { readonly op: Op }>): Promise<Answers[Op]>;
  /** Ends the worker at once; what waits is rejected, and so is every later question. */
  end(): void;
}

export interface LinkOptions {
  readonly folder: string;
  readonly deadlineMs: number;
  /** Told of each repair, in a sentence. */
  readonly repaired: (note: string) => void;
}

const mostWaiting = 200;
const restartPauseMs = 10_000;
const memory = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 4 };

/** Starts the worker. One that dies is replaced at the next question; one that never answered, only after 10 seconds. */
export function openHistoryLink({ folder, deadlineMs, repaired }: LinkOptions): HistoryLink {
  const waiting = createWaitingQuestions(deadlineMs);
  let worker: Worker | null = null;
  let startedAt = Number.NEGATIVE_INFINITY;
  let answered = false;
  let ended = false;
  let lastTicket = 0;

  function start(): Worker {
    startedAt = performance.now();
    answered = false;
    return startWorker(folder, receive, forget);
  }

  function receive(reply: Reply): void {
    answered = true;
    if (reply.type === 'repaired') repaired(reply.note);
    waiting.settle(reply);
  }

  function forget(why: string): void {
    worker = null;
    waiting.rejectAll(why);
  }

  function refusal(): string | null {
    if (ended) return 'the history is closed';
    if (waiting.count() >= mostWaiting) return `the history is busy: ${mostWaiting} questions wait already`;
    const resting = worker === null && !answered && performance.now() - startedAt < restartPauseMs;
    return resting ? 'the history worker failed at its start; it is tried again in some seconds' : null;
  }

  async function ask<Op extends Ask['op']>(asked: Extract<Ask, { readonly op: Op }>): Promise<Answers[Op]> {
    const why = refusal();
    if (why !== null) throw new HistoryError(why);
    lastTicket += 1;
    worker ??= start();
    worker.postMessage({ ticket: lastTicket, ask: asked } satisfies Question);
    return waiting.add<Op>(lastTicket);
  }

  function end(): void {
    ended = true;
    void worker?.terminate();
    forget('the history is closed');
  }

  worker = start();
  return { ask, end };
}

function startWorker(folder: string, receive: (reply: Reply) => void, died: (why: string) => void): Worker {
  const worker = new Worker(new URL('./history-worker.ts', import.meta.url), {
    workerData: folder,
    name: 'history',
    execArgv: [],
    resourceLimits: memory,
  });
  let why = 'the history worker ended';
  worker.on('message', receive);
  worker.on('error', (error) => {
    why = `the history worker failed: ${error instanceof Error ? error.message : String(error)}`;
  });
  worker.on('exit', () => died(why));
  return worker;
}
