import { act } from '../act.ts';
import { typedId, typedName } from '../typed.ts';
import { byOption, defineCommand, idArgument } from './contract.ts';

export const assign = defineCommand<readonly [string, string], { readonly by?: string }>({
  name: 'assign',
  group: 'Act',
  summary: 'take an incident on behalf of another, who is told',
  arguments: [
    { ...idArgument, parse: typedId },
    { name: '<contact>', about: 'a contact of the configuration', parse: typedName },
  ],
  options: [byOption],
  run: (call, id, contact) => act(call, { act: 'assign', id, contact }),
});
