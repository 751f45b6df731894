import { explained } from './cli/explained.ts';
import { outputTo } from './cli/output.ts';
import { runCommandLine } from './cli/program.ts';
import { processWorld } from './cli/world.ts';

const output = outputTo(process.stdout, process.stderr);
const world = processWorld(output);

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => void leave(explained(error, world)));
}

await leave(await runCommandLine(process.argv.slice(2), world));

/** Ends this process, whatever still runs in it, once its readers have what was printed. */
async function leave(status: number): Promise<never> {
  await output.taken();
  process.exit(status);
}
