import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it } from 'vitest';
import { openHook } from '../support/hook.ts';
import { newFolder } from '../web/support/api.ts';
import { type } from './support/world.ts';

interface MailServer extends AsyncDisposable {
  readonly port: number;
  readonly mails: string[];
}

const password = 'correct-horse-battery';

/** A mail server that wants a login and knows everybody but `gone@`. */
async function mailServer(): Promise<MailServer> {
  const mails: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    closeTimeout: 100,
    onAuth: (auth, _session, done) => done(auth.password === password ? null : new Error('no'), { user: auth.username ?? '' }),
    onRcptTo: ({ address }, _session, done) =>
      done(address.startsWith('gone@') ? Object.assign(new Error('5.1.1 no such mailbox'), { responseCode: 550 }) : null),
    onData: (stream, _session, done) => {
      buffer(stream).then((mail) => {
        mails.push(mail.toString());
        done(null, '2.0.0 queued as 4711');
      }, done);
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return { port, mails, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

function configuration(servers: string, hook = '{ webhook: https://hooks.example/x }'): string {
  const folder = newFolder();
  writeFileSync(
    join(folder, 'office.yaml'),
    `
site: Kanzlei Sommer
contacts:
  anna: anna@kanzlei.example
  firm: { email: [support@firm.example, gone@firm.example] }
  hook: ${hook}
mail:
  from: monitoring@kanzlei.example
  servers: ${servers}
`,
  );
  return folder;
}

function through(port: number): string {
  return `[{ url: "smtp://127.0.0.1:${port}", user: monitoring, password: ${password} }]`;
}

function testMail(folder: string, ...words: string[]) {
  return type(['test-mail', ...words, '-c', join(folder, 'office.yaml'), '--state', join(folder, 'state')]);
}

describe('test-mail', () => {
  it('sends one mail through the real path and shows the conversation without the password', async () => {
    await using server = await mailServer();

    const { status, out } = await testMail(configuration(through(server.port)), 'Anna');

    expect(status).toBe(0);
    expect(server.mails).toHaveLength(1);
    expect(server.mails[0]).toContain('To: anna@kanzlei.example');
    expect(out).toContain('Test mail to anna <anna@kanzlei.example>');
    expect(out).toMatch(/RCPT TO/);
    expect(out).toMatch(/^Accepted: .*2\.0\.0 queued as 4711/m);
    for (const secret of [
      password,
      Buffer.from(password).toString('base64'),
      Buffer.from(`\0monitoring\0${password}`).toString('base64'),
    ]) {
      expect(out).not.toContain(secret);
    }
  });

  it('tries every address of a contact and exits with 1 when one is refused', async () => {
    await using server = await mailServer();

    const { status, out } = await testMail(configuration(through(server.port)), 'firm');

    expect(status).toBe(1);
    expect(server.mails).toHaveLength(1);
    expect(out).toMatch(/^Accepted: /m);
    expect(out).toMatch(/^Refused: .*no such mailbox/m);
  });

  it('exits with 1 when no server can be reached', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));

    const { status, out } = await testMail(configuration(`["smtp://127.0.0.1:${port}"]`), 'anna');

    expect(status).toBe(1);
    expect(out).toMatch(/^Not delivered: /m);
  });

  it('writes a file where no server is configured, and says where', async () => {
    const folder = configuration('[]');

    const { status, out } = await testMail(folder, 'anna');

    const [file = ''] = readdirSync(join(folder, 'state', 'mails'));
    expect(status).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain('No mail server is configured; the mail is in');
    expect(readFileSync(join(folder, 'state', 'mails', file), 'utf8')).toContain('To: anna@kanzlei.example');
  });

  it('exits with 1 for somebody who is no contact', async () => {
    const { status, out, err } = await testMail(configuration('[]'), 'annna');

    expect([status, out]).toEqual([1, '']);
    expect(err).toBe('incidentd: there is no contact "annna" (did you mean "anna"?)\n');
  });

  it('tries every way to a contact and says what each answered, without what is secret', async () => {
    await using hook = await openHook((response, { path }) => void response.writeHead(404).end(`no hook ${path}`));
    const ways = `{ email: a@b.example, webhook: "${hook.origin}/canary-path", command: [/bin/sh, -c, "echo sent to me"] }`;

    const { status, out } = await testMail(configuration('[]', ways), 'hook');

    const told = out.replace(/\s+/g, ' ');
    expect(status).toBe(1);
    expect(told).toContain('Test mail to hook <a@b.example>');
    expect(told).toContain(`Test message to hook by webhook (${hook.origin}) Refused: HTTP 404 Not Found: no hook ***`);
    expect(told).toContain('Test message to hook by command (sh) Accepted: sent to me');
    expect(out).not.toContain('canary');
    expect(JSON.parse(hook.calls[0]?.body ?? '')).toMatchObject({
      event: 'test',
      subject: '[incidentd] Test message',
      incident: null,
    });
  });

  it('exits with 1 for a configuration that is wrong, and says where', async () => {
    const folder = configuration('[nonsense]');

    const { status, err } = await testMail(folder, 'anna');

    expect(status).toBe(1);
    expect(err).toMatch(/office\.yaml:\d+:\d+: /);
  });
});
