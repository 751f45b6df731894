import { basename } from 'node:path';
import { z } from 'zod';
import { revealed } from '../lib/secret.ts';
import { type ChildEnd, runBounded, whyNotStarted } from '../net/child.ts';
import { oneLine } from '../texts/clean.ts';
import { type Channel, type DeliveryContext, type DeliveryOutcome, defineChannel, type Message } from './contract.ts';
import { deliveryId } from './support/delivery-id.ts';
import { type Event, eventOf } from './support/event.ts';
import { textOrSecret } from './support/options.ts';

const schema = z.strictObject({
  run: z
    .array(textOrSecret())
    .min(1)
    .max(100)
    .describe('Program and arguments, run as they are, without a shell; the program gets the event as JSON on standard input.'),
});
export type CommandOptions = z.output<typeof schema>;

/** Tells by a program: an SMS gateway, a siren, a script of the house. */
export const command: Channel<CommandOptions> = defineChannel<CommandOptions>({
  kind: 'command',
  summary:
    'Runs a program with the event as JSON on standard input; the main facts are in its environment, too: INCIDENTD_EVENT, INCIDENTD_REASON, INCIDENTD_ID, INCIDENTD_PRIORITY, INCIDENTD_SUBJECT, and INCIDENTD_DELIVERY, which is the same for a copy. Exit status 0 means sent. 64, 65, 67, 68, 77 or 78 (sysexits.h), 126, 127, and a program that cannot be run mean refused for good: the next person is told. Any other, such as 75, means tried again. A program that does not end within 60s is stopped and tried again after 10m, at most twice',
  schema,
  short: { option: 'run', words: 'a list such as [/usr/local/bin/send-sms, "+491700000000"]' },
  ownLine: true,
  describe: ({ run }) => oneLine(basename(String(run[0] ?? '')), 80),
  needs: ({ run }) => ({ program: run[0] ?? '' }),
  deliver,
  example: `anna:
  email: anna@kanzlei.example
  command: { run: [/usr/local/bin/send-sms, "+491700000000"], only: [P1], events: [opened, escalated] }`,
});

const deadlineMs = 60_000;
/** Bytes of output that are kept. */
const outputLimit = 4096;

async function deliver(message: Message, options: CommandOptions, { signal }: DeliveryContext): Promise<DeliveryOutcome> {
  const [program = '', ...rest] = options.run.map(revealed);
  const event = eventOf(message);
  const { end, stdout, stderr } = await runBounded({
    argv: [program, ...rest],
    env: { ...facts(event), INCIDENTD_DELIVERY: deliveryId(message.notification) },
    input: JSON.stringify(event),
    signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
    outputLimit,
  });
  return judge(end, firstLine(stdout) || firstLine(stderr), command.describe(options));
}

function facts({ event, reason, subject, incident }: Event): Readonly<Record<string, string>> {
  return {
    INCIDENTD_EVENT: event,
    INCIDENTD_REASON: oneLine(reason),
    INCIDENTD_ID: incident?.id ?? '',
    INCIDENTD_PRIORITY: incident?.priority ?? '',
    INCIDENTD_SUBJECT: subject,
  };
}

function firstLine(output: string): string {
  return oneLine(output.trim().split('\n')[0] ?? '', outputLimit);
}

/** Statuses of sysexits.h and of shells by which a program says that trying again is of no use. */
const forGood: ReadonlyMap<number, string> = new Map([
  [64, 'wrong usage'],
  [65, 'wrong data'],
  [67, 'unknown recipient'],
  [68, 'unknown host'],
  [77, 'not permitted'],
  [78, 'wrong configuration'],
  [126, 'a program cannot be run'],
  [127, 'a program is missing'],
]);

/** Errors that do not go away by themselves. */
const missing = ['ENOENT', 'EACCES', 'EPERM', 'ENOTDIR', 'ENOEXEC', 'E2BIG', 'ELOOP', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'];

function judge(end: ChildEnd, said: string, program: string): DeliveryOutcome {
  switch (end.how) {
    case 'exited':
      return byStatus(end.code, said, program);
    case 'aborted':
      return { state: 'uncertain', response: `${program} did not end in time and was stopped` };
    case 'flooded':
      return { state: 'uncertain', response: `${program} wrote more than 64 KiB and was stopped` };
    case 'signalled':
      return { state: 'retry', response: `${program} was ended by ${end.name}` };
    case 'not-started':
      return {
        state: missing.includes(end.code) ? 'refused' : 'retry',
        response: end.code === 'ETIME' ? 'stopped before it was tried' : whyNotStarted(program, end.code),
      };
    default:
      return end satisfies never;
  }
}

function byStatus(code: number, said: string, program: string): DeliveryOutcome {
  if (code === 0) return { state: 'sent', response: said || `${program} ended well` };
  const meaning = forGood.get(code);
  const ended = `${program} ended with status ${code}${meaning === undefined ? '' : ` (${meaning})`}`;
  return { state: meaning === undefined ? 'retry' : 'refused', response: said === '' ? ended : `${ended}: ${said}` };
}
