import { act } from '../act.ts';
import { typedId, typedText } from '../typed.ts';
import { byOption, defineCommand, idArgument } from './contract.ts';

export const note = defineCommand<readonly [string, string], { readonly by?: string }>({
  name: 'note',
  group: 'Act',
  summary: 'write something into the record of an incident',
  arguments: [
    { ...idArgument, parse: typedId },
    { name: '<text...>', about: 'what should be remembered', parse: typedText },
  ],
  options: [byOption],
  run: (call, id, text) => act(call, { act: 'note', id, text }),
});
