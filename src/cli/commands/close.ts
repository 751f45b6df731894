import { act } from '../act.ts';
import { typedId } from '../typed.ts';
import { byOption, defineCommand, idArgument } from './contract.ts';

export const close = defineCommand<readonly [string], { readonly force?: true; readonly by?: string }>({
  name: 'close',
  group: 'Act',
  summary: 'close an incident that is resolved, or a report',
  arguments: [{ ...idArgument, parse: typedId }],
  options: [{ flags: '--force', about: 'also while it is failing; its checks stay quiet until they recover' }, byOption],
  run: (call, id) => act(call, { act: 'close', id, force: call.options.force === true }),
});
