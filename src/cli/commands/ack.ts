import { act } from '../act.ts';
import { typedDuration, typedId } from '../typed.ts';
import { byOption, defineCommand, idArgument } from './contract.ts';

export const ack = defineCommand<readonly [string], { readonly for?: number; readonly by?: string }>({
  name: 'ack',
  group: 'Act',
  summary: 'take an incident: nobody else is called until your time ends',
  arguments: [{ ...idArgument, parse: typedId }],
  options: [{ flags: '--for <duration>', about: 'how long, such as 2h; default by priority', parse: typedDuration }, byOption],
  more: ['Without --for it lasts 2h for a P1, 4h for a P2, else until the next office day 10:00.'],
  run: (call, id) => {
    const forMs = call.options.for;
    return act(call, { act: 'acknowledge', id, ...(forMs === undefined ? {} : { forMs }) });
  },
});
