/** One diagnosis in a process of its own, for tests that give it a network of its own: a JSON text in, a JSON text out. */
import type { Complaint, Way } from '../../../src/core/diagnosis.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { realLooks, type Settings } from '../../../src/diagnosis/looks/real-looks.ts';
import { ruleOf } from './complaints.ts';

interface Order {
  readonly complaint: Complaint;
  readonly way: Way;
  readonly settings?: Settings;
}

const { complaint, way, settings }: Order = JSON.parse(process.argv[2] ?? '');
const looks = settings === undefined ? undefined : realLooks(settings);
const begun = performance.now();
const diagnosis = await diagnose(complaint, { rule: ruleOf('tcp', way.host), way }, new AbortController().signal, looks);
process.stdout.write(JSON.stringify({ diagnosis, tookMs: performance.now() - begun }));
