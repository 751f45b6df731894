/** Whether a mail server would take mails from here, without sending one. */
import type { MailServer } from '../../net/smtp.ts';
import { type LoginResult, loginBySmtp } from '../../net/smtp-login.ts';
import { oneLine } from '../../texts/clean.ts';

/** Connects, encrypts and logs in as the channel `email` does, and leaves; settles when `signal` aborts. */
export async function tryMailServer(server: MailServer, signal: AbortSignal): Promise<LoginResult> {
  const result = await loginBySmtp({ server, signal });
  return result.ok ? result : { ...result, why: oneLine(result.why) };
}
