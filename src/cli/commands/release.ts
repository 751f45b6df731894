import { act } from '../act.ts';
import { typedId } from '../typed.ts';
import { byOption, defineCommand, idArgument } from './contract.ts';

export const release = defineCommand<readonly [string], { readonly by?: string }>({
  name: 'release',
  group: 'Act',
  summary: 'give an incident back: escalation goes on',
  arguments: [{ ...idArgument, parse: typedId }],
  options: [byOption],
  run: (call, id) => act(call, { act: 'release', id }),
});
