import type { BoundCheck } from '../config/bind.ts';
import { judge } from '../core/judge.ts';
import type { Measure, Status } from '../core/observation.ts';
import type { Beat } from '../core/record.ts';
import { type LookEnd, startLook } from '../engine/bounded-look.ts';
import { realClock, realTimer } from '../lib/clock.ts';

/** What one look at a check saw, after its thresholds. */
export interface Seen {
  readonly service: string;
  /** Its identity within the service. */
  readonly check: string;
  readonly kind: string;
  readonly target: string;
  readonly status: Status;
  /** How long the look took. */
  readonly ms: number;
  readonly message: string;
  readonly measures: readonly Measure[];
}

const concurrency = 8;

/** Looks once at each check, a few at a time, each within its own timeout; `done` is called after each. */
export async function lookOnce(
  checks: readonly BoundCheck[],
  beats: ReadonlyMap<string, Beat>,
  done: (count: number) => void,
): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  const waiting = checks.entries();
  let count = 0;
  async function worker(): Promise<void> {
    for (const [index, check] of waiting) {
      seen[index] = await look(check, beats.get(check.rule.key) ?? null);
      done(++count);
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, checks.length) }, worker));
  return seen;
}

async function look(check: BoundCheck, beat: Beat | null): Promise<Seen> {
  const { key, service, kind, target, timeoutMs } = check.rule;
  const { promise, resolve } = Promise.withResolvers<LookEnd>();
  const start = realClock();
  startLook(
    { clock: realClock, timer: realTimer },
    {
      look: (signal) => check.look({ signal, timeoutMs, now: start.wall, beat }),
      timeoutMs,
      onEnd: resolve,
      onLateEnd: () => {},
    },
  );
  const end = await promise;
  const ms = Math.round(realClock().mono - start.mono);
  return { service, check: key.slice(service.length + 1), kind, target, ms, ...resultOf(end, check) };
}

function resultOf(end: LookEnd, { rule }: BoundCheck): Pick<Seen, 'status' | 'message' | 'measures'> {
  switch (end.how) {
    case 'observed': {
      const { status, message, measures, evidence } = judge(end.observation, rule.thresholds);
      const crossed = status === end.observation.status ? [] : evidence.slice(end.observation.evidence.length);
      return { status, measures, message: [message, ...crossed].join('; ') };
    }
    case 'threw':
      return { status: 'unknown', measures: [], message: `internal error: ${String(end.error)}` };
    case 'abandoned':
      return { status: 'unknown', measures: [], message: 'internal error: the look did not end in its time' };
    default:
      return end satisfies never;
  }
}
