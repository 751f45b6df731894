import { act } from '../act.ts';
import { typedName, typedText } from '../typed.ts';
import { byOption, defineCommand } from './contract.ts';

export const report = defineCommand<readonly [string], { readonly service?: string; readonly by?: string }>({
  name: 'report',
  group: 'Act',
  summary: 'report an incident that no check has seen',
  arguments: [{ name: '<text...>', about: 'what does not work', parse: typedText }],
  options: [{ flags: '--service <name>', about: 'what it is about', parse: typedName }, byOption],
  more: ['Example:', '  incidentd report "The scanner sends no mails" --service Printer --by Carla'],
  run: (call, text) => {
    const { service } = call.options;
    return act(call, { act: 'report', text, ...(service === undefined ? {} : { service }) });
  },
});
