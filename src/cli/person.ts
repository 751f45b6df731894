import { userInfo } from 'node:os';
import { oneLine } from '../texts/clean.ts';
import { misused } from './stop.ts';

const longestName = 80;

/** Who acts: as named, else who called sudo, else the login name. */
export function personOf(named: string | undefined, env: Readonly<Record<string, string | undefined>>): string {
  const given = named ?? (env.SUDO_USER || undefined);
  const name = oneLine(given ?? loginName(env), 300);
  if (name === '') throw misused('--by needs a name');
  if (name.length > longestName) throw misused(`--by: a name has at most ${longestName} characters`);
  return name;
}

/** A user without an entry in the system's list has a number only. */
function loginName(env: Readonly<Record<string, string | undefined>>): string {
  try {
    return userInfo().username;
  } catch {
    return env.LOGNAME || env.USER || `user ${process.getuid?.() ?? ''}`;
  }
}
