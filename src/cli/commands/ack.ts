import { act } from '../act.ts';
import { typedDuration, typedId } from '../typed.ts';
import { byOption, defineCommand, idArgument } from './contract.ts';

export const ack = defineCommand<readonly [string], { readonly for?: number; readonly by?: string }>({
  name: 'ack',
  group: 'Act',
  summary: 'take an incident: escalation stops until your time ends',
  arguments: [{ ...idArgument, parse: typedId }],
  options: [{ flags: '--for <duration>', about: 'how long, such as 2h; default by priority', parse: typedDuration }, byOption],
  more: ['Without --for it lasts 2h for a P1, 4h for a P2, else until 10:00 of the next office day.'],
  run: (call, id) => {
    const forMs = call.options.for;
    return act(call, { act: 'acknowledge', id, ...(forMs === undefined ? {} : { forMs }) });
  },
});
