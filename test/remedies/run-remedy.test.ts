import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyRecord } from '../../src/core/record.ts';
import { secret } from '../../src/lib/secret.ts';
import type { BoundRemedy, RemedyRequest } from '../../src/remedies/contract.ts';
import { runRemedy } from '../../src/remedies/run-remedy.ts';
import { rules } from '../support/rules.ts';
import { incident } from '../texts/sample.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'remedies-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const rule = { key: 'r', label: 'sh', when: 'any', atMost: { times: 1, perMs: 60_000 }, waitMs: 0, first: false } as const;
const run = {
  ...{ key: 'INC-2026-0042/e1/remedy-1/r0', remedy: 'r', label: 'sh', state: 'running' as const, outcome: null, output: '' },
  ...{ requestedAt: 1, startedAt: 1, endedAt: null, judgeAt: null },
} as const;
const request: RemedyRequest = { run, rule, incident: incident(), record: emptyRecord, rules: rules(), now: 1 };

function program(...argv: string[]): BoundRemedy {
  return { does: { run: argv }, conceal: (said) => said };
}

function start(bound: BoundRemedy, ms = 10_000) {
  return runRemedy(request, bound, AbortSignal.timeout(ms));
}

describe('a program', () => {
  test('that ends with 0 is well, and what it printed is kept', async () => {
    expect(await start(program('/bin/sh', '-c', 'echo restarted'))).toEqual({
      ok: true,
      outcome: 'exit status 0',
      output: 'restarted',
    });
  });

  test('that ends otherwise is not; what it complained of comes first', async () => {
    const end = await start(program('/bin/sh', '-c', 'echo out; echo no such unit >&2; exit 5'));

    expect(end).toMatchObject({ ok: false, outcome: 'exit status 5' });
    expect(end.output).toMatch(/^no such unit/);
  });

  test('gets the incident as JSON, the main facts as environment, and nothing of ours', async () => {
    process.env.SOME_SECRET_OF_OURS = 'hunter2';
    const end = await start(
      program('/bin/sh', '-c', 'cat | head -c 40; echo; env | grep -E "INCIDENTD_(ID|CAUSE)|SECRET" | sort'),
    );
    delete process.env.SOME_SECRET_OF_OURS;

    expect(end.output).toContain('"id":"INC-2026-0042"');
    expect(end.output).toContain('INCIDENTD_CAUSE=port-closed');
    expect(end.output).toContain('INCIDENTD_ID=INC-2026-0042');
    expect(end.output).not.toContain('hunter2');
  });

  test('sees no shell: what looks like one is an argument', async () => {
    const end = await start(program('/bin/echo', '$(id); `id` > /tmp/x'));

    expect(end.output).toBe('$(id); `id` > /tmp/x');
  });

  test('that is missing, or may not be run, is told as that', async () => {
    const plain = join(folder, 'plain');
    writeFileSync(plain, '#!/bin/sh\n', { mode: 0o644 });

    expect((await start(program('/no/such/program'))).outcome).toMatch(/\/no\/such\/program/);
    expect(await start(program(plain))).toMatchObject({ ok: false, outcome: expect.stringMatching(/execut|permi/i) });
  });

  test('that hangs is stopped at its deadline, with all that it started', async () => {
    const mark = join(folder, 'mark');
    const script = `(sleep 1.5; touch ${mark}) & sleep 60`;

    const end = await start(program('/bin/sh', '-c', script), 300);
    await new Promise((resolve) => setTimeout(resolve, 1_600));

    expect(end).toMatchObject({ ok: false, outcome: expect.stringContaining('did not end') });
    expect(existsSync(mark)).toBe(false);
  });

  test('that floods is stopped, and little of it is kept', async () => {
    const end = await start(program('/bin/sh', '-c', 'yes'));

    expect(end).toMatchObject({ ok: false, outcome: expect.stringContaining('1 MiB') });
    expect(end.output.length).toBeLessThan(10_000);
  });

  test('that is given a secret shows it nowhere', async () => {
    const does = { run: ['/bin/sh', '-c', 'echo "$0"; exit 3', secret('hunter2')] };

    const end = await start({ does, conceal: (said) => said.replaceAll('hunter2', '***') });

    expect(end).toEqual({ ok: false, outcome: 'exit status 3', output: '***' });
  });

  test('whose output holds what no mail should is cleaned', async () => {
    const end = await start(program('/usr/bin/printf', 'one\\033[31m two\\r\\n\\a\\n\\n\\n\\n\\xe2\\x80\\xaethree'));

    expect(end.output).toMatch(/^one two\n\s*\n?\s*three$/);
  });

  test('that is no longer configured is not run', async () => {
    expect(await runRemedy(request, undefined, AbortSignal.timeout(1_000))).toMatchObject({ ok: false });
  });
});

describe('a webhook', () => {
  type Answering = (answer: ServerResponse, asked: IncomingMessage) => void;

  async function called(answering: Answering, ms?: number) {
    const seen: { readonly body: string; readonly headers: IncomingMessage['headers']; readonly url: string }[] = [];
    const server = createServer(async (asked: IncomingMessage, answer: ServerResponse) => {
      seen.push({ body: await text(asked), headers: asked.headers, url: asked.url ?? '' });
      answering(answer, asked);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const webhook = { url: secret(`http://127.0.0.1:${port}/hook?token=abc`), secret: secret('key') };
    try {
      const end = await start({ does: { webhook }, conceal: (said) => said.replaceAll('abc', '***') }, ms);
      return { end, seen };
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  const status = (code: number, headers: Readonly<Record<string, string>> = {}, body = 'done'): Answering => {
    return (answer) => answer.writeHead(code, headers).end(body);
  };

  test('is called once with the incident, signed', async () => {
    const { end, seen } = await called(status(202));

    const [{ body, headers, url } = { body: '', headers: {}, url: '' }, ...others] = seen;
    expect(end).toEqual({ ok: true, outcome: 'HTTP 202 Accepted', output: 'done' });
    expect(others).toEqual([]);
    expect(url).toBe('/hook?token=abc');
    expect(JSON.parse(body)).toMatchObject({ event: 'remedy', reason: 'port-closed', incident: { id: 'INC-2026-0042' } });
    expect(Object.keys(JSON.parse(body))).toEqual(['event', 'reason', 'subject', 'text', 'incident']);
    expect(headers['x-incidentd-id']).toBe(run.key);
    const hmac = createHmac('sha256', 'key').update(body).digest('hex');
    expect(headers['x-incidentd-signature']).toBe(`sha256=${hmac}`);
  });

  test.each([
    [403, /^HTTP 403 Forbidden: it was refused; check the address and the secret/],
    [404, /^HTTP 404 Not Found: nothing takes it there; check the address/],
    [500, /^HTTP 500 Internal Server Error: the called side failed/],
    [422, /^HTTP 422 Unprocessable Entity$/],
  ])('that answers %d has failed, and is told with what to do', async (code, outcome) => {
    const { end } = await called(status(code));

    expect(end).toMatchObject({ ok: false, outcome: expect.stringMatching(outcome) });
  });

  test('is not followed where it leads elsewhere', async () => {
    const { end, seen } = await called(status(307, { Location: 'http://localhost:1/other?token=abc' }));

    expect(end).toMatchObject({
      ok: false,
      outcome: expect.stringMatching(/redirects are not followed.*http:\/\/localhost:1\)$/),
    });
    expect(seen).toHaveLength(1);
  });

  test('that does not answer is given up, and may have been carried out', async () => {
    const { end } = await called(() => {}, 200);

    expect(end).toMatchObject({ ok: false, outcome: expect.stringMatching(/^no answer within 2 minutes; it may have been/) });
  });

  test('that hangs up is told without the address', async () => {
    const { end } = await called((_, asked) => asked.socket.destroy());

    expect(end.ok).toBe(false);
    expect(end.outcome).not.toContain('abc');
  });

  test('that repeats a secret, and talks without end, is cut and says none', async () => {
    const { end } = await called(status(200, {}, `token=abc ${'x'.repeat(100_000)}`));

    expect(end.output).toMatch(/^token=\*\*\* x/);
    expect(end.output.length).toBeLessThanOrEqual(4096);
  });
});
