import { resolve } from 'node:path';
import type { Configuration } from '../config/configuration.ts';
import { type CheckRule, selfService } from '../core/rules.ts';
import { checkLabel } from './views/check-label.ts';

const servicesShown = 12;

/** What somebody who starts the daemon in a terminal wants to know: what is watched, and where mails go. */
export function banner(configuration: Configuration, stateFolder: string): string[] {
  const { rules, checks } = configuration;
  const services = Object.values(rules.services).filter(({ id }) => id !== selfService);
  const shown = services
    .slice(0, servicesShown)
    .map(({ name, checks: own }) => `  ${name}: ${own.map(described).join(', ') || 'no checks'}`);
  const more = services.length > servicesShown ? [`  … and ${services.length - servicesShown} more`] : [];
  const people = Object.values(rules.contacts).map(
    ({ id, channels }) => `${id} (${channels.map(({ address }) => address).join(', ')})`,
  );
  const folder = resolve(stateFolder);
  return [
    `${rules.site}: watching ${services.length} services with ${checks.size} checks`,
    ...shown,
    ...more,
    `People: ${people.length === 0 ? 'nobody; add `contacts:` so that somebody is told' : people.join(', ')}`,
    ...mailLine(configuration, folder),
    `State: ${folder} (ask with: npm run -s incidentd -- status). Stop with Ctrl-C.`,
  ];
}

/** Where mails go; nothing where people are told in other ways only. */
function mailLine({ rules, mail }: Configuration, folder: string): readonly string[] {
  const ways = Object.values(rules.contacts).flatMap(({ channels }) => channels.map(({ kind }) => kind));
  if (ways.length > 0 && !ways.includes('email')) return [];
  if (mail.servers.length === 0) return [`Mails: no mail server is configured, so they become files in ${folder}/mails`];
  const through = mail.servers.map(({ host, port }) => `${host}:${port}`).join(', then ');
  return [`Mails: through ${through}, from ${mail.from.address}`];
}

function described({ key, service, kind, target }: CheckRule): string {
  return checkLabel({ name: key.slice(service.length + 1), kind, target });
}
