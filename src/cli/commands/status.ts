import { openReader } from '../open-reader.ts';
import { exitStatus } from '../stop.ts';
import { statusText } from '../views/status.ts';
import { viewOf } from '../views/view.ts';
import { defineCommand, jsonOption } from './contract.ts';

export const status = defineCommand<readonly [], { readonly json?: true }>({
  name: 'status',
  group: 'Look',
  summary: 'services, open incidents, mails that wait',
  options: [jsonOption],
  more: ['Exit status 1: the daemon cannot write its record to the disk.'],
  run: async (call) => {
    const reader = await openReader(call);
    const status = await reader.status();
    const text = call.options.json
      ? JSON.stringify(status, null, 2)
      : statusText(status, viewOf(call.world, reader.site)).join('\n');
    call.world.out(`${text}\n`);
    return status.degraded ? exitStatus.no : exitStatus.done;
  },
});
