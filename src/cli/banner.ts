import { resolve } from 'node:path';
import type { Configuration } from '../config/configuration.ts';
import { type CheckRule, selfService } from '../core/rules.ts';
import { checkLabel } from './views/check-label.ts';

const servicesShown = 12;

/** What somebody who starts the daemon in a terminal wants to know: what is watched, and where mails go. */
export function banner({ rules, checks, mail }: Configuration, stateFolder: string): string[] {
  const services = Object.values(rules.services).filter(({ id }) => id !== selfService);
  const shown = services
    .slice(0, servicesShown)
    .map(({ name, checks: own }) => `  ${name}: ${own.map(described).join(', ') || 'no checks'}`);
  const more = services.length > servicesShown ? [`  … and ${services.length - servicesShown} more`] : [];
  const people = Object.values(rules.contacts).map(
    ({ id, channels }) => `${id} (${channels.map(({ address }) => address).join(', ')})`,
  );
  const through = mail.servers.map(({ host, port }) => `${host}:${port}`).join(', then ');
  const folder = resolve(stateFolder);
  return [
    `${rules.site}: watching ${services.length} services with ${checks.size} checks`,
    ...shown,
    ...more,
    `People: ${people.length === 0 ? 'nobody; add `contacts:` so that somebody is told' : people.join(', ')}`,
    mail.servers.length === 0
      ? `Mails: no mail server is configured, so they become files in ${folder}/mails`
      : `Mails: through ${through}, from ${mail.from.address}`,
    `State: ${folder} (ask with: npm run -s incidentd -- status). Stop with Ctrl-C.`,
  ];
}

function described({ key, service, kind, target }: CheckRule): string {
  return checkLabel({ name: key.slice(service.length + 1), kind, target });
}
