/** Why a check fails: looks, layer by layer, then the table over what they saw. */
import type { Complaint, Diagnosis, Finding, Way } from '../core/diagnosis.ts';
import type { CheckRule } from '../core/rules.ts';
import { oneLine } from '../texts/clean.ts';
import { lookAround, type Sights } from './look-around.ts';
import { realLooks } from './looks/real-looks.ts';
import type { Looks } from './looks.ts';
import { applicationSight, machineLook } from './plan.ts';
import { sight } from './sight.ts';
import { conclude, rowFor } from './table/table.ts';
import { type Facts, findingOf, type LookName, type Place, type Sight, vocabulary } from './vocabulary.ts';

/** The check that fails, and where its looks go. */
export interface Subject {
  readonly rule: CheckRule;
  readonly way: Way | null;
}

/** All looks together; the engine waits a second longer. */
const patienceMs = 4_000;

const systemLooks = realLooks();

/**
 * Why a check fails, layer by layer; null where nothing more can be said than its look said. Settles after four seconds, or
 * when `signal` aborts, with what is known by then; never rejects.
 */
export async function diagnose(
  complaint: Complaint,
  subject: Subject | undefined,
  signal: AbortSignal,
  looks: Looks = systemLooks,
): Promise<Diagnosis | null> {
  if (subject === undefined) return null;
  const { way } = subject;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  const around = way === null ? { place: 'none' as const, sights: {} } : await lookAround(complaint, way, looks, patience);
  const application = way === null ? null : applicationSight(complaint, subject.rule.target);
  const machine = await lookAtMachine(complaint, subject.rule, around.place, looks, patience);
  const sights: Sights = { ...around.sights, ...(application && { application }), ...(machine && { machine }) };
  const facts = factsOf(complaint, way, around.place, sights);
  const findings = findingsOf(sights, way);
  return findings.length === 0 ? null : { at: Date.now(), ...conclude(rowFor(facts), facts), findings };
}

async function lookAtMachine(
  complaint: Complaint,
  rule: CheckRule,
  place: Place,
  looks: Looks,
  signal: AbortSignal,
): Promise<Sight<'machine'> | null> {
  const what = machineLook(rule, complaint, place);
  if (what === null) return null;
  const look = what === 'folders' ? looks.folders(rule.target, signal) : looks.processes(signal);
  return await sight(look, what === 'folders' ? rule.target : 'processes', signal);
}

function factsOf({ code: said }: Complaint, way: Way | null, place: Place, sights: Sights): Facts {
  const words = Object.entries(sights).map(([look, { saw }]) => [look, saw]);
  return { said, place, transport: way?.transport ?? 'none', ...Object.fromEntries(words) };
}

/** From this server outwards; nothing secret, each text one short line. */
function findingsOf(sights: Sights, way: Way | null): readonly Finding[] {
  const secrets = way?.hidden ? [way.host, way.asks?.name ?? ''].filter((text) => text !== '') : [];
  const discreet = (text: string) =>
    oneLine(
      secrets.reduce((seen, secret) => seen.replaceAll(secret, '***'), text),
      200,
    );
  return (Object.keys(vocabulary) as LookName[]).flatMap((look) => {
    const sight = sights[look];
    if (sight === undefined) return [];
    const finding = findingOf(look, sight);
    return [{ ...finding, subject: discreet(finding.subject), detail: discreet(finding.detail) }];
  });
}
