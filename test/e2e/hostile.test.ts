import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configuration, ownerOnly } from '../support/configuration.ts';
import { openMailSink } from '../support/mail-sink.ts';
import { openOffice } from '../support/office.ts';
import { endless, openRawTarget } from '../support/raw-target.ts';
import { story, until } from '../support/until.ts';
import { openWebsite } from '../support/website.ts';

const evil = '\u001b[31mred\u001b[0m <script>alert(1)</script>\u0000 Bcc: thief@evil.example';

/** Control characters that no text needs. */
const hidden = /[^\P{Cc}\r\n\t]/u;

/** Megabytes of resident memory. */
function memoryOf(pid: number): number {
  const [, kilobytes = '0'] = /VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

test('hostile targets disturb no other service, and nothing of theirs reaches a header or raw HTML', story, async () => {
  await using website = await openWebsite();
  await using hanging = await openRawTarget(() => {});
  await using dropping = await openRawTarget((socket) => socket.destroy());
  await using flooding = await openRawTarget(endless('HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(65_536)));
  await using bloated = await openRawTarget((socket) =>
    socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`)),
  );
  await using lying = await openRawTarget((socket) =>
    socket.once('data', () => socket.end(`HTTP/1.1 503 ${evil}\r\nServer: ${evil}\r\n\r\n${evil}`)),
  );
  await using shouting = await openRawTarget((socket) => socket.end(`554 ${evil}\r\nBcc: thief@evil.example\r\n\r\n${evil}`));
  await using sink = await openMailSink();
  await using place = openOffice(
    configuration({
      mail: [sink.port],
      escalation: ownerOnly,
      services: `- { name: Website, impact: high, check: "${website.url}" }
- { name: Hanging, impact: high, check: "http://127.0.0.1:${hanging.port}/" }
- { name: Dropping, impact: high, check: "http://127.0.0.1:${dropping.port}/" }
- { name: Flooding, check: { http: "http://127.0.0.1:${flooding.port}/", expect: { body: Anmelden } } }
- { name: Bloated, impact: high, check: "http://127.0.0.1:${bloated.port}/" }
- { name: Lying, impact: high, check: "http://127.0.0.1:${lying.port}/" }
- { name: Shouting, impact: high, check: { tcp: 127.0.0.1:${shouting.port}, expect: /^220 / } }`,
    }),
  );
  const daemon = await place.run();

  await until('mails of all that are hostile', () => {
    const subjects = sink.letters.map(({ subject }) => subject).join('\n');
    return ['Hanging', 'Dropping', 'Bloated', 'Lying', 'Shouting'].every((name) => subjects.includes(name));
  });
  await until('so many looks at the website', () => website.visits.length >= 8);
  const { services } = await place.status();
  const shown = await place.cli('status');
  const listed = await place.cli('show', '1');

  const gaps = website.visits.slice(1).map((at, index) => at - (website.visits[index] ?? 0));
  expect(gaps.toSorted((a, b) => a - b)[gaps.length >> 1]).toBeLessThan(1500);
  expect(Math.max(...gaps)).toBeLessThan(4000);
  expect(services.find(({ name }) => name === 'Website')?.status).toBe('up');
  expect((await place.incidents()).flatMap(({ services }) => services)).not.toContain('Website');
  expect(memoryOf(daemon.pid)).toBeLessThan(400);
  for (const { raw, html, subject, headers } of sink.letters) {
    const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
    expect(head).not.toMatch(/evil|script/);
    expect(`${subject}${[...headers.keys()].join()}`).not.toMatch(/bcc|evil/i);
    expect(html).not.toContain('<script');
    expect(raw).not.toMatch(hidden);
  }
  expect(`${shown.out}${listed.out}`).not.toMatch(hidden);
  for (const line of daemon.log()) expect(JSON.stringify(line)).not.toContain('\\u001b');
});
