import { act } from '../act.ts';
import { typedName } from '../typed.ts';
import { byOption, defineCommand } from './contract.ts';

export const beat = defineCommand<readonly [string], { readonly fail?: true; readonly by?: string }>({
  name: 'beat',
  group: 'Act',
  summary: 'a heartbeat arrives, from a job that has done its work',
  arguments: [{ name: '<service[/check]>', about: 'whose heartbeat it is', parse: typedName }],
  options: [{ flags: '--fail', about: 'the job has failed' }, byOption],
  more: ['Example, at the end of a nightly job:', '  backup.sh && incidentd beat Backup || incidentd beat Backup --fail'],
  run: (call, whose) => {
    const [service = '', ...rest] = whose.split('/');
    const check = rest.join('/');
    return act(call, { act: 'beat', service, ok: call.options.fail !== true, ...(check === '' ? {} : { check }) });
  },
});
