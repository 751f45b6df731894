import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHook } from '../support/hook.ts';
import { openMailSink } from '../support/mail-sink.ts';
import { newFolder } from '../web/support/api.ts';
import { type } from './support/world.ts';

function office(port: number, hook: string): string {
  const folder = newFolder();
  writeFileSync(
    join(folder, 'office.yaml'),
    `timezone: Europe/Berlin
mail: { from: monitoring@office.example, servers: [{ url: "smtp://127.0.0.1:${port}" }] }
contacts:
  anna: { email: anna@office.example, webhook: "${hook}" }
  boss: { email: chef@office.example, language: de }
  firm: { email: support@firm.example, outside: true }
escalation:
  default:
    - notify: anna
    - { notify: firm, after: 30m }
    - { notify: boss, after: 1h, repeat: 1h }
services:
  - { name: Website, impact: high, check: "tcp://192.0.2.1:80", remedies: [{ when: any, run: [systemctl, restart, nginx], at_most: 1 per 1h }] }
`,
  );
  return folder;
}

function drill(folder: string) {
  return type(['rehearse', 'Website', '--send', '-c', join(folder, 'office.yaml'), '--state', folder]);
}

describe('rehearse --send', () => {
  it('tells everybody once on every way, each what concerns them, and says what was answered', async () => {
    await using sink = await openMailSink();
    await using hook = await openHook((response) => void response.end('noted'));

    const { status, out } = await drill(office(sink.port, hook.origin));

    expect(status).toBe(0);
    expect(sink.letters.map(({ recipients }) => recipients)).toEqual([
      ['anna@office.example'],
      ['support@firm.example'],
      ['chef@office.example'],
    ]);
    const [toAnna, toFirm, toBoss] = sink.letters;
    expect(toAnna?.subject).toBe('[drill] What would happen if Website failed');
    expect(toAnna?.text).toMatch(/This is a drill\. Nothing is broken/);
    expect(toAnna?.text).toMatch(/would run: systemctl restart nginx/);
    expect(toAnna?.text).toMatch(/level 1, first message to anna/);
    expect(toAnna?.text).not.toMatch(/boss/);
    expect(toFirm?.text).not.toMatch(/systemctl/);
    expect(toBoss?.text).toMatch(/Stufe 3, Eskalation an boss/);
    expect(JSON.parse(hook.calls[0]?.body ?? '{}')).toMatchObject({ event: 'drill', incident: null });
    expect(hook.calls).toHaveLength(1);
    expect(out).toMatch(/^Drill to anna: email anna@office\.example\nAccepted: /m);
    expect(out).toMatch(/^Drill to anna: webhook .*\nAccepted: /m);
  });

  it('tells the others, too, when one is refused, and exits with 1', async () => {
    await using sink = await openMailSink();
    await using hook = await openHook((response) => void response.end('noted'));
    sink.refused.add('anna@office.example');

    const { status, out } = await drill(office(sink.port, hook.origin));

    expect(status).toBe(1);
    expect(out).toMatch(/^Drill to anna: email anna@office\.example\nRefused: .*no such mailbox/m);
    expect(sink.to('chef@office.example')).toHaveLength(1);
  });
});
