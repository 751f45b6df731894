interface Job<T> {
  value: T;
  readonly done: PromiseWithResolvers<void>;
}

/**
 * One write at a time, and the newest value wins: what is handed in during a write waits for its end, and of several
 * that wait only the newest is written. Each promise is fulfilled once a write of its value or of a newer one succeeded,
 * and rejected when that write failed. A write that hangs holds the next one back; waiting costs one value, however
 * often it is replaced.
 */
export function newestWins<T>(write: (value: T) => Promise<void>): (value: T) => Promise<void> {
  let busy = false;
  let waiting: Job<T> | null = null;

  function takeWaiting(): Job<T> | null {
    const job = waiting;
    waiting = null;
    return job;
  }

  async function work(first: Job<T>): Promise<void> {
    busy = true;
    for (let job: Job<T> | null = first; job !== null; job = takeWaiting()) {
      await write(job.value).then(job.done.resolve, job.done.reject);
    }
    busy = false;
  }

  return (value) => {
    const job = waiting ?? { value, done: Promise.withResolvers<void>() };
    job.value = value;
    if (busy) waiting = job;
    else void work(job);
    return job.done.promise;
  };
}
