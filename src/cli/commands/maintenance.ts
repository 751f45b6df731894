import { parseDuration } from '../../lib/duration.ts';
import type { SiteJson } from '../../web/api.ts';
import type { MaintenanceJson } from '../../web/maintenance-json.ts';
import { act, askDaemon } from '../act.ts';
import { exitStatus, misused } from '../stop.ts';
import { typedDuration, typedName, typedText } from '../typed.ts';
import { maintenanceText } from '../views/maintenance.ts';
import { viewOf } from '../views/view.ts';
import { byOption, type Call, defineCommand, jsonOption } from './contract.ts';

interface Options {
  readonly reason?: string;
  readonly json?: true;
  readonly by?: string;
}

export const maintenance = defineCommand<readonly [string | undefined, number | 'end' | undefined], Options>({
  name: 'maintenance',
  group: 'Act',
  summary: 'list, start or end windows without alarms',
  arguments: [
    { name: '[service]', about: 'a service, or all; alone: its windows', parse: typedName },
    { name: '[duration]', about: 'how long from now, such as 1h; or end', parse: durationOrEnd },
  ],
  options: [{ flags: '--reason <text>', about: 'why', parse: typedText }, jsonOption, byOption],
  more: [
    'Examples:',
    '  incidentd maintenance                                windows now and to come',
    '  incidentd maintenance Website 1h --reason Updates    starts one',
    '  incidentd maintenance Website end                    ends it early',
  ],
  run: (call, service, duration) => {
    const isTime = service === 'end' || (service !== undefined && parseDuration(service) !== null);
    if (duration === undefined && isTime)
      throw misused(`which service? write: incidentd maintenance SERVICE ${service} (or all)`);
    if (service === undefined || duration === undefined) return list(call, service);
    const services = service === 'all' ? 'all' : [service];
    if (duration === 'end') return act(call, { act: 'end-maintenance', services });
    const { reason } = call.options;
    return act(call, { act: 'start-maintenance', services, durationMs: duration, ...(reason === undefined ? {} : { reason }) });
  },
});

function durationOrEnd(typed: string): number | 'end' {
  return typed === 'end' ? 'end' : typedDuration(typed);
}

async function list({ world, folder, options }: Call<Options>, service: string | undefined): Promise<number> {
  const site = await askDaemon<SiteJson>(folder, { path: '/site' });
  const all = await askDaemon<readonly MaintenanceJson[]>(folder, { path: '/maintenance' });
  const shown = service === undefined ? all : all.filter(({ services }) => covers(services, service));
  world.out(`${options.json ? JSON.stringify(shown, null, 2) : maintenanceText(shown, viewOf(world, site)).join('\n')}\n`);
  return exitStatus.done;
}

function covers(services: MaintenanceJson['services'], service: string): boolean {
  return services === 'all' || services.some((one) => one.toLowerCase() === service.toLowerCase());
}
