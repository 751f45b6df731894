import { defineCommand } from './contract.ts';

export const demo = defineCommand<readonly [], object>({
  name: 'demo',
  group: 'Run',
  summary: 'play an outage in a small office, in a minute',
  more: [
    'A website, a file server, a mail server and the daemon run on this machine for about',
    'a minute; nothing leaves it, and nothing is left behind. -c and --state have no',
    'effect here.',
    'Exit status 1: the story did not come out as it should.',
  ],
  run: async ({ world }) => {
    const { playDemo } = await import('../demo/demo.ts');
    const { usualTempo } = await import('../demo/tempo.ts');
    const { untilSignal } = await import('../demo/until-signal.ts');
    using stop = untilSignal();
    return await playDemo(world, usualTempo, stop.signal);
  },
});
