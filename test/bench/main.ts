/** Measures the daemon against floors: `npm run bench -- [STAGE…] [--json FILE]`. */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { cpuStages } from './stages/cpu.ts';
import { lateness } from './stages/lateness.ts';
import { mail } from './stages/mail.ts';
import { start } from './stages/start.ts';
import { turns } from './stages/turns.ts';
import { killAll } from './support/child.ts';
import { type Report, type Stage, textOf } from './support/report.ts';

const stages: readonly Stage[] = [...cpuStages, lateness, turns, mail, start];

function machine(): string {
  const load = loadavg().map((value) => value.toFixed(1));
  return `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${load.join(' ')}`;
}

/** Runs a stage within its limit; what it started is ended in any case. */
async function runBounded({ name, limitS, run }: Stage): Promise<Report> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`took longer than ${limitS} s`)), limitS * 1000);
  try {
    return await Promise.race([run((line) => console.error(`${name}: ${line}`)), late.promise]);
  } finally {
    clearTimeout(timer);
    killAll();
  }
}

async function runAll(chosen: readonly Stage[]): Promise<ReadonlyMap<string, Report>> {
  const reports = new Map<string, Report>();
  for (const stage of chosen) {
    try {
      reports.set(stage.name, await runBounded(stage));
    } catch (error) {
      console.error(`${stage.name}: failed: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
  return reports;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true });
  const strangers = positionals.filter((name) => !stages.some((stage) => stage.name === name));
  if (strangers.length > 0) {
    console.error(
      `no stage ${strangers.join(', ')}; there are:\n${stages.map(({ name, about }) => `  ${name}: ${about}`).join('\n')}`,
    );
    process.exitCode = 2;
    return;
  }
  const begun = machine();
  const chosen = positionals.length === 0 ? stages : stages.filter(({ name }) => positionals.includes(name));
  const reports = await runAll(chosen);
  console.log(`${begun} at the start\n\n${[...reports.values()].map(textOf).join('\n')}`);
  if (values.json === undefined) return;
  const figures = Object.fromEntries([...reports].map(([name, { aims, figures }]) => [name, { aims, figures }]));
  writeFileSync(values.json, `${JSON.stringify({ machine: begun, ended: machine(), ...figures }, null, 1)}\n`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
await main();
process.exit();
