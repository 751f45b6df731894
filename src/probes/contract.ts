import type { ZodType } from 'zod';
import type { Way } from '../core/diagnosis.ts';
import type { CauseCode, Measure, Observation, Unit } from '../core/observation.ts';
import type { Beat } from '../core/record.ts';
import type { Category, Sentences } from '../core/rules.ts';
import type { Need } from '../lib/need.ts';
import type { Secret } from '../lib/secret.ts';
import type { Resolver } from '../net/resolver.ts';
import { oneLine } from '../texts/clean.ts';

/** What a probe run is given besides its options. */
export interface ProbeContext {
  /** The deadline of the whole look: name resolution, connect, TLS, body, child processes and their children. */
  readonly signal: AbortSignal;
  /** The same deadline as a length, for tools that want a number. */
  readonly timeoutMs: number;
  /** Wall clock, epoch ms, at the start of the look. */
  readonly now: number;
  /** The site's time zone, an IANA name. */
  readonly timezone: string;
  /** The last heartbeat, for passive kinds. */
  readonly beat: Beat | null;
  /** Turns names into addresses; the machine's own way when absent. */
  readonly resolver?: Resolver;
}

/** What stands after `kind:` in the configuration: nothing, a word (or number, or a secret), or a list of them. */
export type Typed = Word | readonly Word[] | null;
export type Word = string | number | Secret;

/** A measure that a kind reports. The main one takes a bare `warning:` and `critical:`. */
export interface MeasureSpec {
  readonly name: string;
  readonly unit: Unit;
  readonly sort: 'current' | 'forewarning';
  readonly worse: 'above' | 'below';
  readonly main?: true;
  readonly warning?: number;
  readonly critical?: number;
  /** One line for the reference. */
  readonly about: string;
}

/**
 * A check kind. One file, one `defineProbe` call, one line in the registry.
 * `run` returns what it saw: a service that is down is a value. It throws only for our own bugs, settles
 * at the latest when `signal` aborts, and leaves nothing behind.
 */
export interface Probe<Options = unknown> {
  /** The YAML word, and the file's name. */
  readonly kind: string;
  readonly summary: string;
  /** Category of an incident that says nothing better. */
  readonly category: Category;
  /** Looks at this very machine: exempt from `defaults.depends_on`. */
  readonly local?: boolean;
  /** Fed by `beat`. */
  readonly passive?: boolean;
  /** A look starts a process: fewer of them run at once. */
  readonly spawns?: boolean;
  /** URL schemes that alone make a check of this kind, without colon. */
  readonly schemes?: readonly string[];
  /**
   * All options of this kind and no others: those that `target` gives and those written beside it. It parses
   * `{ ...target(typed, host), ...written }` and refuses unknown keys.
   */
  readonly schema: ZodType<Options>;
  /** One of them is the main one: any kind takes a bare `warning:` and `critical:`. */
  readonly measures: readonly MeasureSpec[];
  /**
   * Options from what people type after `kind:` (a target, a whole URL, or a list of words); throws a `TargetError`
   * whose message says what is accepted. `host` is the service's own, for a check that names no target.
   */
  target(typed: Typed, host: string | null): Readonly<Record<string, unknown>>;
  /** The target as shown and as part of the check's identity; never a secret. */
  describe(options: Options): string;
  run(options: Options, context: ProbeContext): Promise<Observation>;
  /** Where the looks go, for diagnosis to follow; null, or absent, where that is nowhere in particular. */
  way?(options: Options): Way | null;
  /** What of this machine its looks cannot do without. */
  needs?(options: Options): readonly Need[];
  /**
   * `host:port` of a certificate that the looks see on their way and give as `certificate` of their observation; it becomes a
   * check of its own beside this one. Null where there is none, or where it is not to be watched.
   */
  certificate?(options: Options): string | null;
  /**
   * What a cause means for this kind in plain words, completing "<Service>: …" (`its disk is filling up`); the general
   * words for a cause are used where there are none here. Name those that this kind can say better, `threshold` (a
   * forewarning) and `outdated` before all.
   */
  readonly sentences?: Sentences;
  /** What to do first about a cause, one whole sentence, where the general words do not fit this kind. */
  readonly firstSteps?: Sentences;
  /** An example for the reference, as YAML. */
  readonly example: string;
}

/** A target that a kind cannot understand; the message says what is accepted. */
export class TargetError extends Error {}

/** Declares a check kind; exists for its types. */
export function defineProbe<Options>(probe: Probe<Options>): Probe<Options> {
  return probe;
}

export function up(message: string, measures: readonly Measure[] = [], evidence: readonly string[] = []): Observation {
  return { status: 'up', reason: 'ok', message: oneLine(message), measures, evidence };
}

export function down(
  reason: CauseCode,
  message: string,
  measures: readonly Measure[] = [],
  evidence: readonly string[] = [],
): Observation {
  return { status: 'down', reason, message: oneLine(message), measures, evidence };
}

export function degraded(
  reason: CauseCode,
  message: string,
  measures: readonly Measure[] = [],
  evidence: readonly string[] = [],
): Observation {
  return { status: 'degraded', reason, message: oneLine(message), measures, evidence };
}

/** The probe itself could not run; `message` names the fix. */
export function unknown(message: string, evidence: readonly string[] = []): Observation {
  return { status: 'unknown', reason: 'not-watched', message: oneLine(message), measures: [], evidence };
}
