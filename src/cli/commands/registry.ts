import { ack } from './ack.ts';
import { assign } from './assign.ts';
import { beat } from './beat.ts';
import { close } from './close.ts';
import type { Command } from './contract.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { incidents } from './incidents.ts';
import { maintenance } from './maintenance.ts';
import { note } from './note.ts';
import { probe } from './probe.ts';
import { rehearse } from './rehearse.ts';
import { release } from './release.ts';
import { report } from './report.ts';
import { resolve } from './resolve.ts';
import { run } from './run.ts';
import { show } from './show.ts';
import { status } from './status.ts';
import { testMail } from './test-mail.ts';
import { validate } from './validate.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  run,
  validate,
  probe,
  rehearse,
  doctor,
  testMail,
  demo,
  status,
  incidents,
  show,
  ack,
  release,
  assign,
  note,
  resolve,
  close,
  report,
  beat,
  maintenance,
];
