import { z } from 'zod';
import { isMailAddress } from '../lib/address.ts';
import { isSecret } from '../lib/secret.ts';
import { type MailServer, type SmtpResult, sendBySmtp } from '../net/smtp.ts';
import { oneLine } from '../texts/clean.ts';
import { type Channel, type DeliveryContext, type DeliveryOutcome, defineChannel, type Message } from './contract.ts';
import { composeMail } from './mail/compose.ts';
import { writeEml } from './mail/eml.ts';
import type { MailSettings } from './mail/settings.ts';
import { notUnderstood } from './support/options.ts';

const expected = 'a mail address such as anna@kanzlei.example';

const schema = z.strictObject({
  address: z
    .unknown()
    .meta({ type: 'string', title: 'mail address', words: expected })
    .transform((typed, context): string => {
      const address = isSecret(typed) ? typed.reveal() : typed;
      if (typeof address === 'string' && isMailAddress(address)) return address;
      context.issues.push(notUnderstood(address, expected));
      return z.NEVER;
    })
    .describe('Mail address; each address of a contact is told and tracked on its own.'),
});
export type EmailOptions = z.output<typeof schema>;

/** Tells by mail: one recipient a mail, through the first server that takes it. */
export const email: Channel<EmailOptions> = defineChannel<EmailOptions>({
  kind: 'email',
  summary: 'Sends a mail with text and HTML to each address, through the servers of `mail`',
  schema,
  short: { option: 'address', words: expected, several: true },
  describe: ({ address }) => address,
  deliver,
  example: `anna: anna@kanzlei.example
firm: { email: [support@firm.example, notdienst@firm.example] }`,
});

async function deliver(
  message: Message,
  { address }: EmailOptions,
  { mail: settings, signal }: DeliveryContext,
): Promise<DeliveryOutcome> {
  const mail = await composeMail(message, settings.from, address);
  if (settings.servers.length === 0) return writeFile(message, mail, settings);
  const results: SmtpResult[] = [];
  for (const server of settings.servers) {
    if (signal.aborted) break;
    const result = await sendBySmtp({
      server,
      from: settings.from.address,
      to: address,
      message: mail,
      signal,
      hostname: settings.hostname,
      limits: settings.limits,
    });
    results.push(result);
    if (result.outcome !== 'failed') return conclusion(result.outcome, result.response, results);
  }
  return conclusion('retry', failures(results, settings.servers), results);
}

function conclusion(state: DeliveryOutcome['state'], response: string, results: readonly SmtpResult[]): DeliveryOutcome {
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

async function writeFile({ notification }: Message, mail: Buffer, settings: MailSettings): Promise<DeliveryOutcome> {
  try {
    const path = await writeEml(settings.emlFolder, notification.key, notification.at, mail);
    return { state: 'sent', response: path, transcript: [`*: no mail server is configured; written to ${path}`] };
  } catch (error) {
    const response = `the mail could not be written to ${settings.emlFolder}: ${String(error)}`;
    return { state: 'retry', response: oneLine(response), transcript: [`*: ${oneLine(response)}`] };
  }
}
