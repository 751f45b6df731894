/** Making examinations: all at once, each within its time, told in their order. */
import { oneLine } from '../../texts/clean.ts';
import { type Finding, unclear, wrong } from './finding.ts';
import type { Examination, Patient } from './patient.ts';

/** How long after its deadline an examination may take to say what it knows. */
const graceMs = 500;

/** Starts all examinations; `begun` is called before each is waited for, `told` with its findings. Never rejects. */
export async function examineAll(
  examinations: readonly Examination[],
  patient: Patient,
  tell: { begun(name: string): void; told(name: string, findings: readonly Finding[]): void },
): Promise<void> {
  const started = examinations.map((one) => ({ name: one.name, findings: examined(one, patient) }));
  for (const { name, findings } of started) {
    tell.begun(name);
    tell.told(name, await findings);
  }
}

async function examined({ name, withinMs, examine }: Examination, patient: Patient): Promise<readonly Finding[]> {
  const { promise: late, resolve } = Promise.withResolvers<readonly Finding[]>();
  const hangs = unclear(name, `could not be examined within ${Math.ceil(withinMs / 1000)} s: something that it asks hangs`);
  const timer = setTimeout(() => resolve([hangs]), withinMs + graceMs);
  try {
    return await Promise.race([examine(patient, AbortSignal.timeout(withinMs)), late]);
  } catch (error) {
    const says = `internal error: ${oneLine(error instanceof Error ? error.message : String(error))}`;
    return [wrong(name, says, 'please report it with this line')];
  } finally {
    clearTimeout(timer);
  }
}
