import { openReader } from '../open-reader.ts';
import { exitStatus } from '../stop.ts';
import { registerRows } from '../views/register.ts';
import { viewOf } from '../views/view.ts';
import { defineCommand, jsonOption } from './contract.ts';

export const incidents = defineCommand<readonly [], { readonly all?: true; readonly json?: true }>({
  name: 'incidents',
  group: 'Look',
  summary: 'the register: incidents that are not closed, or all',
  options: [{ flags: '--all', about: 'closed ones too' }, jsonOption],
  run: async (call) => {
    const { world, options } = call;
    const reader = await openReader(call);
    const found = await reader.incidents(options.all === true);
    const none = options.all ? 'No incidents.' : 'No open incidents.';
    const lines = found.length === 0 ? [none] : registerRows(found, viewOf(world, reader.site));
    world.out(`${options.json ? JSON.stringify(found, null, 2) : lines.join('\n')}\n`);
    return exitStatus.done;
  },
});
