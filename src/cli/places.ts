import { accessSync, constants, existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

const systemFolder = '/var/lib/incidentd';
const systemConfiguration = '/etc/incidentd/incidentd.yaml';
const ownConfiguration = 'config/incidentd.yaml';
/** The checkout that this program is run from. */
const project = join(import.meta.dirname, '../..');

/**
 * What somebody has typed as a path means their own folder. npm runs its scripts in the checkout (`npm --prefix CHECKOUT run …`)
 * and says in `INIT_CWD` where it was called.
 */
export function typedPath(typed: string | undefined, env: Environment): string | undefined {
  const { INIT_CWD: called = '', npm_lifecycle_event: script, npm_execpath: npm } = env;
  const isScript = script !== undefined && npm !== undefined && process.cwd() === resolve(project);
  if (typed === undefined || !isScript || !isAbsolute(called) || called === process.cwd()) return typed;
  return resolve(called, typed);
}

/** The state folder: as named, else `$STATE_DIRECTORY`, else the system's where it may be written, else `./state`. */
export function stateFolder(named: string | undefined, env: Environment): string {
  if (named !== undefined) return named;
  const [given] = (env.STATE_DIRECTORY ?? '').split(':');
  if (given) return given;
  return isWritable(systemFolder) ? systemFolder : 'state';
}

/** Where another folder may be meant: the system's is there, and not for this user. */
export function isSystemFolderClosed(): boolean {
  return existsSync(systemFolder) && !isWritable(systemFolder);
}

/** The configuration that is named: on the command line, else by `$INCIDENTD_CONFIG`. */
export function namedConfiguration(named: string | undefined, env: Environment): string | undefined {
  return named ?? (env.INCIDENTD_CONFIG || undefined);
}

/** The configuration: as named, else the first that exists of the usual places. */
export function configurationPath(named: string | undefined, env: Environment): string {
  const given = namedConfiguration(named, env);
  if (given !== undefined) return given;
  const usual = [systemConfiguration, ownConfiguration, join(project, ownConfiguration)];
  return usual.find((path) => existsSync(path)) ?? ownConfiguration;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
