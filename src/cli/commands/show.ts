import { openReader } from '../open-reader.ts';
import { exitStatus, Stop } from '../stop.ts';
import { typedId } from '../typed.ts';
import { incidentText } from '../views/incident.ts';
import { viewOf } from '../views/view.ts';
import { defineCommand, idArgument, jsonOption } from './contract.ts';

export const show = defineCommand<readonly [string], { readonly json?: true }>({
  name: 'show',
  group: 'Look',
  summary: 'one incident: what happened, who was told and when',
  arguments: [{ ...idArgument, parse: typedId }],
  options: [jsonOption],
  run: async (call, id) => {
    const reader = await openReader(call);
    const incident = await reader.incident(id);
    if (incident === null) throw new Stop(`there is no incident ${id}; incidentd incidents --all lists them`);
    const lines = incidentText(incident, viewOf(call.world, reader.site));
    call.world.out(`${call.options.json ? JSON.stringify(incident, null, 2) : lines.join('\n')}\n`);
    return exitStatus.done;
  },
});
