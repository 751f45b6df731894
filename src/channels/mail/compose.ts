import { oneLine } from '../../texts/clean.ts';
import { renderMail } from '../../texts/render.ts';
import type { Message } from '../contract.ts';
import { domainOf, messageId, threadRoots } from './message-id.ts';
import type { Sender } from './settings.ts';

/**
 * The whole mail as it travels (RFC 5322, CRLF): text and HTML in one, hung into its incident's thread, marked as sent by
 * a machine (RFC 3834 5) so that nobody's absence note answers it.
 */
export async function composeMail(message: Message, from: Sender, to: string): Promise<Buffer> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const { subject, text, html } = renderMail(message);
  const roots = threadRoots(message).map((root) => messageId(root, from.address));
  const composer = new MailComposer({
    from: { name: from.name ?? oneLine(message.rules.site, 80), address: from.address },
    to: { name: '', address: to },
    subject,
    text,
    html,
    messageId: messageId(message.notification, from.address),
    ...(roots[0] === undefined ? {} : { inReplyTo: roots[0], references: roots }),
    date: new Date(message.now),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'List-Id': `<incidents.${domainOf(from.address)}>`,
    },
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
