import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** What is read of vitest's JSON report. */
interface TestReport {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Counts tests and checks. A test file that could not be loaded counts as one failure, and so does a step that
 * ended badly without naming a failed test (an unhandled error, a missing report, a deadline).
 */
export function countResults(report: TestReport | null, checksStatus: number, testsStatus: number): Counts {
  const files = report?.testResults ?? [];
  const states = files.flatMap((file) => file.assertionResults.map((test) => test.status));
  const brokenFiles = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const passed = states.filter((state) => state === 'passed').length;
  const failed = states.filter((state) => state === 'failed').length + brokenFiles;
  const unexplained = testsStatus !== 0 && failed === 0 ? 1 : 0;
  return {
    passed: passed + (checksStatus === 0 ? 1 : 0),
    failed: failed + unexplained + (checksStatus === 0 ? 0 : 1),
    skipped: states.length - passed - (failed - brokenFiles),
  };
}

/** The closing line of `.ci/run`. */
export function closingLine(counts: Counts): string {
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  return `${counts.passed} passed, ${counts.failed} failed${skipped}`;
}

function readReport(file: string): TestReport | null {
  const text = readFileSync(file, 'utf8');
  return text === '' ? null : JSON.parse(text);
}

function main(file = '', checksStatus = '1', testsStatus = '1'): void {
  const counts = countResults(readReport(file), Number(checksStatus), Number(testsStatus));
  console.log(closingLine(counts));
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main(...process.argv.slice(2));
