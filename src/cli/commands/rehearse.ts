import { hint } from '../../config/suggest.ts';
import type { Recall, Recalled } from '../../core/known-error.ts';
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
    'All its checks fail, and the services that depend on it with it. Remedies count as having no effect.',
    'Exit status 1: there is no such service, or a drill was not accepted.',
  ],
  run: async (call, name) => {
    const { configured } = await import('../configured.ts');
    const { rehearse: play } = await import('../rehearsal/rehearse.ts');
    const { rehearsalJson, rehearsalText } = await import('../rehearsal/report.ts');
    const { world, options, folder } = call;
    const configuration = await configured(call);
    const { rules } = configuration;
    const service = rules.services[serviceId(name, rules)];
    if (service === undefined || service.id === selfService) {
      const known = Object.keys(rules.services).filter((id) => id !== selfService);
      throw new Stop(`there is no service "${oneLine(name, 300)}"${hint(name, known, 'known')}`);
    }
    const { record, recall, source, close } = await kept(folder);
    const rehearsal = await play(service.id, { rules, record, recall, now: world.now() }).finally(close);
    const report = { rehearsal, service, rules, source };
    const shown = options.json ? JSON.stringify(rehearsalJson(report), null, 2) : rehearsalText(report, world.columns).join('\n');
    world.out(`${shown}\n`);
    if (!options.send) return exitStatus.done;
    const { sendDrill } = await import('../rehearsal/drill.ts');
    const say = options.json ? world.err : world.out;
    return (await sendDrill({ rehearsal, service: service.name }, configuration, { world, folder, say }))
      ? exitStatus.done
      : exitStatus.no;
  },
});

/** What the state folder holds, as far as it can be read; the daemon need not run. */
async function kept(folder: string) {
  const { readLiveRecord } = await import('../../store/live-record.ts');
  const { readHistory } = await import('../../store/history-reader.ts');
  const record = await readLiveRecord(folder).catch(() => null);
  const history = orNull(() => readHistory(folder));
  return {
    record: record ?? emptyRecord,
    recall: (asked: Recall) => orNull(() => history?.recall(asked) ?? null) ?? nothingKnown,
    source:
      record === null
        ? `no record can be read in ${folder}: all else counts as up`
        : `all else is as the record in ${folder} says`,
    close: () => history?.[Symbol.dispose](),
  };
}

const nothingKnown: Recalled = { seen: 0, lastAt: null, similar: [] };

function orNull<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}
