import { act } from '../act.ts';
import { misused } from '../stop.ts';
import { typedId, typedText } from '../typed.ts';
import { byOption, defineCommand, idArgument } from './contract.ts';

interface Options {
  readonly cause?: string;
  readonly fix?: string;
  readonly by?: string;
}

export const resolve = defineCommand<readonly [string], Options>({
  name: 'resolve',
  group: 'Act',
  summary: 'record what was wrong and what fixed it',
  arguments: [{ ...idArgument, parse: typedId }],
  options: [
    { flags: '--cause <text>', about: 'what was wrong', parse: typedText },
    { flags: '--fix <text>', about: 'what fixed it', parse: typedText },
    byOption,
  ],
  more: [
    'At least one of --cause and --fix. Checks then look at once: an incident that they have opened ends when they say so. A report ends with this.',
    '',
    'Example:',
    '  incidentd resolve 42 --cause "disk full" --fix "old logs removed"',
  ],
  run: async (call, id) => {
    const { cause, fix } = call.options;
    if (cause === undefined && fix === undefined)
      throw misused('say what was wrong with --cause, what fixed it with --fix, or both');
    return await act(call, {
      act: 'resolve',
      id,
      ...(cause === undefined ? {} : { cause }),
      ...(fix === undefined ? {} : { fix }),
    });
  },
});
