/** Mail servers of the tests, for `lineServer`. */
import { ending, type Part } from './line-server.ts';

/** What each protocol says when all is well, without TLS and login. */
export const fine = {
  smtp: {
    greeting: '220 mail.example ESMTP',
    lines: [
      ['EHLO', '250-mail.example\r\n250-SIZE 1000\r\n250 AUTH PLAIN LOGIN'],
      ['QUIT', ending('221 bye')],
    ],
  },
  imap: {
    greeting: '* OK ready',
    lines: [
      ['a CAPABILITY', '* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na OK done'],
      ['a LOGOUT', ending('* BYE\r\na OK bye')],
    ],
  },
  pop3: {
    greeting: '+OK ready',
    lines: [
      ['CAPA', '+OK list\r\nUSER\r\nUIDL\r\n.'],
      ['QUIT', ending('+OK bye')],
    ],
  },
} as const satisfies Readonly<Record<string, Part>>;

/** All is well but for some lines, or another greeting. */
export function fineBut(kind: keyof typeof fine, { greeting, lines = [], tls }: Partial<Part>): Part {
  const usual = fine[kind];
  return { greeting: greeting ?? usual.greeting, lines: [...lines, ...usual.lines], ...(tls ? { tls } : {}) };
}
