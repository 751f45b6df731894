import { z } from 'zod';
import { type MailServer, type SmtpLimits, type SmtpResult, sendBySmtp } from '../net/smtp.ts';
import { oneLine } from '../texts/clean.ts';
import type { Channel, DeliveryContext, DeliveryOutcome, Message } from './contract.ts';
import { composeMail, type Sender } from './mail/compose.ts';
import { writeEml } from './mail/eml.ts';

/** Where mails come from and through which servers they go. */
export interface MailSettings {
  readonly from: Sender;
  /** Tried in this order; none: mails become files in `emlFolder`. */
  readonly servers: readonly MailServer[];
  readonly emlFolder: string;
  /** What we call ourselves to the servers; default the machine's name. */
  readonly hostname?: string;
  /** Deadlines other than the usual ones. */
  readonly limits?: Partial<SmtpLimits>;
}

const schema = z.strictObject({
  /** One recipient: each address of a contact is told and tracked on its own. */
  address: z
    .string()
    .regex(/^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/, 'expected a mail address such as anna@kanzlei.example'),
});
export type EmailOptions = z.output<typeof schema>;

/** Tells by mail: one recipient a mail, through the first server that takes it. */
export const email: Channel<EmailOptions, MailSettings> = {
  kind: 'email',
  summary: 'Sends a mail with text and HTML to one address',
  schema,
  deliver: async (message, options, settings, context) => {
    const { state, response } = await deliverTelling(message, options, settings, context);
    return { state, response };
  },
};

/** A delivery with what was said to the servers, line by line and without secrets. */
export interface ToldDelivery extends DeliveryOutcome {
  readonly transcript: readonly string[];
}

/** Like `deliver`, for `test-mail`. */
export async function deliverTelling(
  message: Message,
  { address }: EmailOptions,
  settings: MailSettings,
  context: DeliveryContext,
): Promise<ToldDelivery> {
  const mail = await composeMail(message, settings.from, address);
  if (settings.servers.length === 0) return writeFile(message, mail, settings);
  const results: SmtpResult[] = [];
  for (const server of settings.servers) {
    if (context.signal.aborted) break;
    const result = await sendBySmtp({
      server,
      from: settings.from.address,
      to: address,
      message: mail,
      signal: context.signal,
      hostname: settings.hostname,
      limits: settings.limits,
    });
    results.push(result);
    if (result.outcome !== 'failed') return conclusion(result.outcome, result.response, results);
  }
  return conclusion('retry', failures(results, settings.servers), results);
}

function conclusion(state: DeliveryOutcome['state'], response: string, results: readonly SmtpResult[]): ToldDelivery {
  return {
    state,
    response: oneLine(response),
    transcript: results.flatMap(({ transcript }) => transcript).map((line) => oneLine(line, 500)),
  };
}

/** What each server said, named where there are several. */
function failures(results: readonly SmtpResult[], servers: readonly MailServer[]): string {
  if (results.length === 0) return 'stopped before a server was tried';
  if (servers.length === 1) return results[0]?.response ?? '';
  return results.map(({ response }, index) => `${servers[index]?.host ?? ''}: ${oneLine(response, 140)}`).join('; ');
}

async function writeFile({ notification }: Message, mail: Buffer, settings: MailSettings): Promise<ToldDelivery> {
  try {
    const path = await writeEml(settings.emlFolder, notification.key, notification.at, mail);
    return { state: 'sent', response: path, transcript: [`*: no mail server is configured; written to ${path}`] };
  } catch (error) {
    const response = `the mail could not be written to ${settings.emlFolder}: ${String(error)}`;
    return { state: 'retry', response: oneLine(response), transcript: [`*: ${oneLine(response)}`] };
  }
}
