/** From written checks to checks that can look. */
import type { Way } from '../core/diagnosis.ts';
import type { Observation } from '../core/observation.ts';
import type { CheckRule } from '../core/rules.ts';
import type { Need } from '../lib/need.ts';
import { type Probe, type ProbeContext, TargetError } from '../probes/contract.ts';
import { defined } from './defined.ts';
import type { Context } from './names.ts';
import { parseSection, tell } from './parse-section.ts';
import type { Path } from './problem.ts';
import { secretsIn, withoutSecrets } from './redact.ts';
import { generalSchema, takeApart, understand, type WrittenCheck } from './sections/checks.ts';
import { checkPace, type Pace, paceRule } from './sections/pace.ts';
import { readThresholds, thresholdInWords } from './sections/thresholds.ts';

/** A check with everything that it needs to look. */
export interface BoundCheck {
  readonly rule: CheckRule;
  /** Where its looks go. */
  readonly way: Way | null;
  /** What of this machine they cannot do without. */
  readonly needs: readonly Need[];
  /** `host:port` of a certificate that its looks see on their way; null where there is none, or none is to be watched. */
  readonly certificate: string | null;
  /** The check of that certificate; null where there is none, or where another check brings the same. */
  readonly brings: CheckRule | null;
  /** One line a threshold: `degraded when slower than 2s, down when slower than 8s`. */
  readonly thresholds: readonly string[];
  /** What one look sees; no secret of the configuration is in it. */
  look(context: Omit<ProbeContext, 'timezone'>): Promise<Observation>;
}

/** What the checks of one service share. */
export interface Host {
  readonly service: string;
  readonly host: string | null;
  /** From far to near: `defaults`, then the service. */
  readonly paces: readonly Pace[];
  readonly probes: readonly Probe[];
  /** The site's. */
  readonly timezone: string;
}

/** Makes a check of what is written at `path`; null when it cannot be understood, which has been reported. */
export function bindCheck(raw: unknown, host: Host, path: Path, context: Context): BoundCheck | null {
  const written = takeApart(raw, host.probes);
  if ('refused' in written) {
    context.problem([...path, ...written.path], written.refused, written.part);
    return null;
  }
  const general = parseSection(generalSchema, written.general, path, context) ?? {};
  checkPace(general, path, context);
  const { probe } = written;
  const thresholds = readThresholds(general, probe.kind, probe.measures, path, context);
  const options = optionsOf(written, host, path, context);
  if (options === null) return null;
  const target = probe.describe(options.value);
  const rule: CheckRule = {
    key: `${host.service}/${general.name ?? `${probe.kind}:${target}`}`,
    service: host.service,
    kind: probe.kind,
    target,
    category: probe.category,
    local: probe.local ?? false,
    passive: probe.passive ?? false,
    spawns: probe.spawns ?? false,
    part: general.part ?? false,
    ...paceRule([...host.paces, general]),
    thresholds,
    ...defined({ sentences: probe.sentences, firstSteps: probe.firstSteps }),
  };
  const words = thresholds.flatMap((threshold) => {
    const spec = probe.measures.find((measure) => measure.name === threshold.measure);
    return spec ? [thresholdInWords(threshold, spec)] : [];
  });
  const secrets = secretsIn(raw);
  const { timezone } = host;
  const look: BoundCheck['look'] = async (looking) =>
    withoutSecrets(await probe.run(options.value, { ...looking, timezone }), secrets);
  return {
    rule,
    way: probe.way?.(options.value) ?? null,
    needs: probe.needs?.(options.value) ?? [],
    certificate: probe.certificate?.(options.value) ?? null,
    brings: null,
    thresholds: words,
    look,
  };
}

function optionsOf(written: WrittenCheck, host: Host, path: Path, context: Context): { readonly value: unknown } | null {
  try {
    const understood = understand(written, host.host);
    if ('options' in understood) return { value: understood.options };
    for (const mistake of understood.mistakes) tell(mistake, path, context);
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    const at = [...path, ...written.targetPath];
    if (host.host === null) context.lacking(at, error.message);
    else context.problem(at, error.message);
  }
  return null;
}
