import type { BoundCheck } from '../config/bind.ts';
import { judge } from '../core/judge.ts';
import type { Measure, Observation, Status } from '../core/observation.ts';
import type { Beat } from '../core/record.ts';
import type { CheckRule } from '../core/rules.ts';
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
  const seen: (readonly Seen[])[] = [];
  const waiting = checks.entries();
  let count = 0;
  async function worker(): Promise<void> {
    for (const [index, check] of waiting) {
      seen[index] = await look(check, beats.get(check.rule.key) ?? null);
      done(++count);
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, checks.length) }, worker));
  return seen.flat();
}

/** What one look sees: of its own check, and of the certificate that it brings along. */
async function look(check: BoundCheck, beat: Beat | null): Promise<readonly Seen[]> {
  const { timeoutMs } = check.rule;
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
  const own = { ...identityOf(check.rule), ms, ...resultOf(end, check.rule) };
  const certificate = end.how === 'observed' ? end.observation.certificate : undefined;
  const { brings } = check;
  if (brings === null || certificate === undefined) return [own];
  return [own, { ...identityOf(brings), ms, ...judged(certificate, brings) }];
}

function identityOf({ key, service, kind, target }: CheckRule): Pick<Seen, 'service' | 'check' | 'kind' | 'target'> {
  return { service, check: key.slice(service.length + 1), kind, target };
}

type Result = Pick<Seen, 'status' | 'message' | 'measures'>;

function resultOf(end: LookEnd, rule: CheckRule): Result {
  switch (end.how) {
    case 'observed':
      return judged(end.observation, rule);
    case 'threw':
      return { status: 'unknown', measures: [], message: `internal error: ${String(end.error)}` };
    case 'abandoned':
      return { status: 'unknown', measures: [], message: 'internal error: the look did not end in its time' };
    default:
      return end satisfies never;
  }
}

function judged(observation: Observation, rule: CheckRule): Result {
  const { status, message, measures, evidence } = judge(observation, rule.thresholds);
  const crossed = status === observation.status ? [] : evidence.slice(observation.evidence.length);
  return { status, measures, message: [message, ...crossed].join('; ') };
}
