import { exitStatus } from '../stop.ts';
import { defineCommand, jsonOption } from './contract.ts';

export const doctor = defineCommand<readonly [], { readonly json?: true }>({
  name: 'doctor',
  group: 'Run',
  summary: 'try whether everything works on this machine, as this user',
  options: [jsonOption],
  more: [
    'Tries configuration, state folder, clock, ping, names, mail servers, other ways to tell, programs, certificate files, remedies and the watchdog, and says what mends what is wrong. Run it as the user of the daemon.',
    'Nothing is changed, sent or run: mail servers are greeted and logged in to, web addresses connected to.',
    'Exit status 1: something is wrong.',
  ],
  run: async (call) => {
    const { consult } = await import('../doctor/consultation.ts');
    return (await consult(call)) ? exitStatus.done : exitStatus.no;
  },
});
