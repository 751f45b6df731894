import { explained } from './cli/explained.ts';
import { runCommandLine } from './cli/program.ts';
import { processWorld } from './cli/world.ts';

const world = processWorld();

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => process.exit(explained(error, world)));
}
/** A reader that went away (`incidentd status | head`) ends nothing. */
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

process.exit(await runCommandLine(process.argv.slice(2), world));
