import { join } from 'node:path';
import { tryMailServer } from '../../../channels/trial/mail-server.ts';
import type { MailServer } from '../../../config/sections/mail.ts';
import { type Finding, unclear, well, wrong } from '../finding.ts';
import type { Examination, Patient } from '../patient.ts';

const example = `mail:
  servers:
    - url: smtps://mail.office.example
      user: monitoring@office.example
      password: !file smtp.password`;

/** Whether each mail server takes a connection and a login; nothing is sent. */
export const mailPath: Examination = {
  name: 'mail path',
  withinMs: 10_000,
  examine: async ({ configuration, folder }, signal) => {
    if (configuration === null) return [];
    const { servers } = configuration.mail;
    if (servers.length === 0) return unsent(configuration, folder);
    return await Promise.all(servers.map((server) => tryServer(server, signal)));
  },
};

function unsent({ rules }: NonNullable<Patient['configuration']>, folder: string): readonly Finding[] {
  const isMailed = Object.values(rules.contacts).some(({ channels }) => channels.some(({ kind }) => kind === 'email'));
  if (!isMailed) return [];
  return [unclear('mail servers', `none is configured: mails become files in ${join(folder, 'mails')}`, example)];
}

async function tryServer(server: MailServer, signal: AbortSignal): Promise<Finding> {
  const about = `${server.host}:${server.port}`;
  const result = await tryMailServer(server, signal);
  if (!result.ok) return wrong(about, result.why, fixOf(server, result));
  const how = result.encrypted ? 'encrypted' : 'unencrypted';
  if (server.user === undefined) return well(about, `takes the connection, ${how}, without a login`);
  if (result.loggedIn) return well(about, `takes the login of ${server.user}, ${how}`);
  return unclear(
    about,
    `offers no login, so mails would go without that of ${server.user}, ${how}`,
    `- url: smtps://${server.host}   # where logins are offered, or leave out user and password`,
  );
}

function fixOf(server: MailServer, { refusesLogin, why }: { readonly refusesLogin: boolean; readonly why: string }): string {
  const url = `- url: ${server.secure ? 'smtps' : 'smtp'}://${server.host}:${server.port}`;
  if (refusesLogin) {
    return `${url}\n  user: ${server.user}   # both as the server knows them\n  password: !file smtp.password   # the file holds nothing else: chmod 600 smtp.password`;
  }
  if (/offers no encryption/.test(why))
    return `- url: smtps://${server.host}   # encrypted from the start; or, in a network that you trust:\n${url}\n  tls: optional`;
  if (/certificate|self-signed|altnames/i.test(why))
    return `${url}\n  ca: !file office-ca.pem   # the authority of its certificate; or the name that the certificate is for as the host`;
  if (/wrong version number/i.test(why))
    return `- url: smtp://${server.host}:${server.port}   # begins without TLS, then STARTTLS`;
  return `${url}   # correct host and port, or start the mail server there; nc -vz ${server.host} ${server.port} tries it`;
}
