import type { MailServer, SmtpLimits } from '../../net/smtp.ts';

export interface Sender {
  /** Default: the site's name. */
  readonly name?: string | null;
  readonly address: string;
}

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
