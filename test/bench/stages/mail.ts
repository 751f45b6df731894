/** From the first failing look to the mail server's yes, where nothing is waited for on purpose. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import { openOffice } from '../support/office.ts';
import { monotonicMs } from '../support/proc.ts';
import { fixed, type Stage } from '../support/report.ts';
import { median } from '../support/statistics.ts';

const rounds = 10;
const patienceMs = 20_000;
const pace = {
  timeout: '1s',
  retry_interval: '1s',
  failure_threshold: 1,
  success_threshold: 1,
  confirm_for: '1s',
  reopen_within: '1s',
};

export const mail: Stage = {
  name: 'mail',
  about: 'from the first failing look to the mail server’s 250',
  limitS: 120,
  run: async (say) => {
    say(`${rounds} services fail one after the other`);
    const times = await measure();
    const [first = Number.NaN, ...later] = times;
    return {
      title: 'From failure to accepted mail',
      head: ['', 'ms'],
      rows: [
        ['first mail of this daemon', fixed(first, 0)],
        ['later mails, median', fixed(median(later), 0)],
        ['later mails, slowest', fixed(Math.max(...later), 0)],
      ],
      notes: ['From the failing answer to the 250 after DATA: observing, deciding, two commits, writing and sending the mail.'],
      aims: [],
      figures: { firstMs: first, laterMs: later },
    };
  },
};

async function measure(): Promise<readonly number[]> {
  await using site = await openSite();
  await using post = await openPost();
  const services = Array.from(
    { length: rounds },
    (_, index) => `{ name: Desk${index}, impact: high, check: "${site.url}/${index}" }`,
  );
  using office = openOffice({ services, intervalS: 1, pace, mail: post.port });
  await using daemon = office.run();
  await waitFor(() => site.seen.size === rounds);
  await sleep(3000);
  const times: number[] = [];
  for (let index = 0; index < rounds; index += 1) {
    site.failing.add(`/${index}`);
    await waitFor(() => post.accepted.has(`Desk${index}`));
    office.insistOn(daemon);
    times.push((post.accepted.get(`Desk${index}`) ?? Number.NaN) - (site.failedAt.get(`/${index}`) ?? Number.NaN));
  }
  return times;
}

/** A web server whose paths fail as told; it notes when each first did. */
async function openSite() {
  const failing = new Set<string>();
  const seen = new Set<string>();
  const failedAt = new Map<string, number>();
  const server = createServer(({ url = '' }, response) => {
    seen.add(url);
    if (failing.has(url) && !failedAt.has(url)) failedAt.set(url, monotonicMs());
    response.writeHead(failing.has(url) ? 500 : 200).end('Anmelden');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, failing, seen, failedAt, [Symbol.asyncDispose]: () => closed((done) => server.close(done)) };
}

/** A mail server that notes when it said yes to the first mail about each service. */
async function openPost() {
  const accepted = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        done();
        const service = /^Subject:.*\b(Desk\d+):/m.exec(Buffer.concat(chunks).toString('latin1'))?.[1] ?? '';
        if (!accepted.has(service)) accepted.set(service, monotonicMs());
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return { port, accepted, [Symbol.asyncDispose]: () => closed((done) => server.close(done)) };
}

function closed(close: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => close(() => resolve()));
}

async function waitFor(holds: () => boolean): Promise<void> {
  const until = monotonicMs() + patienceMs;
  while (!holds()) {
    if (monotonicMs() > until) throw new Error(`nothing came within ${patienceMs} ms`);
    await sleep(10);
  }
}
