import { defineCommand } from './contract.ts';

export const run = defineCommand<readonly [], object>({
  name: 'run',
  group: 'Run',
  summary: 'the daemon, in the foreground',
  more: [
    'Logs to standard output: readable lines on a terminal, else one JSON object a line.',
    'A changed configuration is taken over at once, or after SIGHUP; an invalid one is refused.',
    'SIGTERM and Ctrl-C stop it; whatever is open goes on at the next start.',
  ],
  run: async ({ world, folder, configuration }) => {
    const { createLog } = await import('../../lib/log.ts');
    const { runDaemon } = await import('../../daemon.ts');
    return await runDaemon({
      configPath: configuration,
      stateFolder: folder,
      log: createLog({ json: !world.onTerminal.out, colour: world.colour, write: world.log }),
      say: (line) => world.err(`${line}\n`),
      isOnTerminal: world.onTerminal.err,
    });
  },
});
