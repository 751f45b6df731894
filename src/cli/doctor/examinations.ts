import { clock } from './examinations/clock.ts';
import { configuration } from './examinations/configuration.ts';
import { daemon } from './examinations/daemon.ts';
import { files } from './examinations/files.ts';
import { mailPath } from './examinations/mail-path.ts';
import { names } from './examinations/names.ts';
import { ping } from './examinations/ping.ts';
import { plugins } from './examinations/plugins.ts';
import { remedies } from './examinations/remedies.ts';
import { stateFolder } from './examinations/state-folder.ts';
import { watchdog } from './examinations/watchdog.ts';
import { ways } from './examinations/ways.ts';
import type { Examination } from './patient.ts';

/** Everything that is tried, in the order in which it is told. */
export const examinations: readonly Examination[] = [
  configuration,
  stateFolder,
  daemon,
  clock,
  ping,
  names,
  mailPath,
  ways,
  plugins,
  files,
  remedies,
  watchdog,
];
