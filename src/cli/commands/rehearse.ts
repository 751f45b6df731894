import { hint } from '../../config/suggest.ts';
import { emptyRecord } from '../../core/record.ts';
import { selfService } from '../../core/rules.ts';
import { oneLine } from '../../texts/clean.ts';
import { serviceId } from '../../web/known-names.ts';
import { exitStatus, Stop } from '../stop.ts';
import { typedName } from '../typed.ts';
import { defineCommand, jsonOption } from './contract.ts';

interface Options {
  readonly json?: true;
  readonly send?: true;
}

export const rehearse = defineCommand<readonly [string], Options>({
  name: 'rehearse',
  group: 'Run',
  summary: 'what would happen if a service failed now',
  arguments: [{ name: '<service>', about: 'a service of the configuration', parse: typedName }],
  options: [{ flags: '--send', about: 'send it to all who would be told, marked as a drill' }, jsonOption],
  more: [
    'Plays the failure in virtual time on a copy of the record: nothing is probed, run or written, and without --send nothing leaves.',
    'Remedies count as having no effect. Services that depend on it fail with it.',
    'Exit status 1: a drill was not accepted.',
  ],
  run: async (call, name) => {
    const { configured } = await import('../configured.ts');
    const { rehearse: play } = await import('../rehearsal/rehearse.ts');
    const { rehearsalJson, rehearsalText } = await import('../rehearsal/report.ts');
    const { readLiveRecord } = await import('../../store/live-record.ts');
    const { world, options, folder } = call;
    const configuration = await configured(call);
    const { rules } = configuration;
    const service = rules.services[serviceId(name, rules)];
    if (service === undefined || service.id === selfService) {
      const known = Object.keys(rules.services).filter((id) => id !== selfService);
      throw new Stop(`there is no service "${oneLine(name, 300)}"${hint(name, known, 'known')}`);
    }
    const record = await readLiveRecord(folder).catch(() => null);
    const rehearsal = await play(service.id, rules, record ?? emptyRecord, world.now());
    const source =
      record === null ? `no record can be read in ${folder}: everything else counts as up` : `with the record of ${folder}`;
    const lines = rehearsalText(rehearsal, service, rules, source, world.columns);
    world.out(`${options.json ? JSON.stringify(rehearsalJson(rehearsal, service, rules), null, 2) : lines.join('\n')}\n`);
    if (!options.send) return exitStatus.done;
    const { sendDrill } = await import('../rehearsal/drill.ts');
    const say = options.json ? world.err : world.out;
    return (await sendDrill(rehearsal, service, configuration, { world, folder, say })) ? exitStatus.done : exitStatus.no;
  },
});
