import { resolve } from 'node:path';
import { isSystemFolderClosed } from './places.ts';
import { Stop } from './stop.ts';

/** The sentence for a command that needs a running daemon, or at least what one has left. */
export function noDaemon(folder: string, besides = ''): Stop {
  const hint = isSystemFolderClosed() ? ' (this user may not use /var/lib/incidentd: try sudo)' : '';
  const found = [`no daemon is running on ${resolve(folder)}`, besides].filter((part) => part !== '').join(', ');
  return new Stop(`${found}${hint}; start one with: incidentd run, or name its folder with --state`);
}
