import type { CheckJson, ServiceJson, StatusJson } from '../../web/status-json.ts';
import { checkLabel } from './check-label.ts';
import { labelled, table, wrap } from './layout.ts';
import { registerRows } from './register.ts';
import type { View } from './view.ts';

/** Services, open incidents with what comes next, the queue of mails, and who is not told. */
export function statusText(status: StatusJson, view: View): readonly string[] {
  return [
    view.paint(`${view.site.name}, ${view.time(status.at)}`, 'bold'),
    ...(status.degraded ? ['', view.paint(wrap(degraded, view.width).join('\n'), 'red')] : []),
    '',
    ...servicesText(status.services, view),
    '',
    ...incidentsText(status, view),
    '',
    mailsText(status, view),
    ...refusedText(status, view),
  ];
}

const degraded =
  'The record cannot be written to the disk. incidentd goes on from memory: what it decides now is lost if it is killed. Its log says why.';

function servicesText(services: readonly ServiceJson[], view: View): readonly string[] {
  if (services.length === 0) return ['No services are configured.'];
  const rows = services.map((service) => [service.name, service.status, view.time(service.since), marks(service, view)]);
  const style = (cell: string, column: number) => (column === 1 ? view.status(cell) : cell);
  const troubled = services.flatMap((service) => troubledChecks(service, view));
  return [
    ...table(['SERVICE', 'STATUS', 'SINCE', ''], rows, view.width, style),
    ...(troubled.length === 0 ? [] : ['', ...troubled]),
  ];
}

function marks(service: ServiceJson, view: View): string {
  return [
    service.checks.length === 0 ? 'not checked' : '',
    service.soft ? 'failing, not confirmed yet' : '',
    service.stale ? 'stale' : '',
    service.maintenanceUntil === null ? '' : `maintenance until ${view.time(service.maintenanceUntil)}`,
  ]
    .filter((mark) => mark !== '')
    .join(', ');
}

function troubledChecks(service: ServiceJson, view: View): readonly string[] {
  const troubled = service.checks.filter((check) => check.status !== 'up' || check.soft || check.stale);
  return troubled.flatMap((check) => labelled(`${service.name}: `, checkText(check, view), view.width));
}

function checkText(check: CheckJson, view: View): string {
  const soft = check.soft ? ', failing now' : '';
  const last = check.lastAt === null ? 'no result yet' : `last looked ${view.time(check.lastAt)}`;
  const stale = check.stale ? ', stale' : '';
  const rest = check.watched ? '' : ', outside the hours in which it is watched';
  const message = check.message === '' ? '' : `: ${check.message}`;
  return `${checkLabel(check)} ${check.status}${soft}${stale}${rest} (${last})${message}`;
}

function incidentsText({ incidents }: StatusJson, view: View): readonly string[] {
  if (incidents.length === 0) return ['No open incidents.'];
  const next = incidents.flatMap(({ id, escalation }) =>
    escalation.nextAt === null ? [] : [`Next escalation of ${id}: ${view.time(escalation.nextAt)}`],
  );
  return [...registerRows(incidents, view), ...(next.length === 0 ? [] : ['', ...next])];
}

function mailsText({ outbox }: StatusJson, view: View): string {
  if (outbox.pending === 0) return 'No mail is waiting.';
  const count = outbox.pending === 1 ? '1 mail is' : `${outbox.pending} mails are`;
  return `${count} waiting to be sent, the oldest since ${view.time(outbox.oldestAt)}.`;
}

function refusedText({ refused }: StatusJson, view: View): readonly string[] {
  return refused.flatMap(({ to, channel, since, until }) => {
    const again = `tried again with the first message after a change of the configuration, else from ${view.time(until)}`;
    return wrap(`Not told by ${channel} since ${view.time(since)}, as messages there are refused: ${to}; ${again}.`, view.width);
  });
}
