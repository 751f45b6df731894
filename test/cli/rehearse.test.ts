import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newFolder } from '../web/support/api.ts';
import { type, widthOf } from './support/world.ts';

const people = `timezone: Europe/Berlin
contacts:
  anna: anna@office.example
  boss: { email: chef@office.example, language: de }
escalation:
  default:
    - notify: anna
    - { notify: boss, after: 1h, repeat: 1h }
`;

/** An office on which nothing real is looked at: 192.0.2.1 is nobody's. */
function office(services: string, more = ''): string {
  const folder = newFolder();
  writeFileSync(join(folder, 'office.yaml'), `${people}${more}services:\n${services}\n`);
  return folder;
}

function rehearse(folder: string, ...words: string[]) {
  return type(['rehearse', ...words, '-c', join(folder, 'office.yaml'), '--state', folder]);
}

const website = `  - { name: Website, impact: high, check: "tcp://192.0.2.1:80", depends_on: Router,
      remedies: [{ when: any, run: [systemctl, restart, nginx], at_most: 1 per 1h }] }
  - { name: Router, check: "tcp://192.0.2.1:1" }
  - { name: Shop, check: "tcp://192.0.2.1:81", depends_on: Website }`;

describe('rehearse', () => {
  it('prints who would be told when, what would run and what is affected', async () => {
    const said = await rehearse(office(website), 'Website');

    expect(said).toMatchObject({ status: 0, err: '' });
    const text = said.out.replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/P1 outage: severity critical, impact high.*affected with it: Shop/s);
    expect(text).toMatch(/level 1, first message to anna: email anna@office\.example/);
    expect(text).toMatch(/\+1 hour .*escalation to boss/);
    expect(text).toMatch(/would run: systemctl restart nginx \(at most 1 per 1h\); and 2 times more/);
    expect(text).toMatch(/reminder to boss: email chef@office\.example; then every 1h, at most 12 times/);
    expect(widthOf(said.out)).toBeLessThanOrEqual(80);
  });

  it('says the same as data', async () => {
    const said = await rehearse(office(website), 'website', '--json');

    expect(JSON.parse(said.out)).toMatchObject({
      service: 'Website',
      incident: { priority: 'P1', affected: ['Shop'] },
      messages: expect.arrayContaining([expect.objectContaining({ kind: 'opened', to: 'anna' })]),
    });
  });

  it('says that maintenance holds it', async () => {
    const window = 'maintenance:\n  - { services: all, from: 2020-01-01 00:00, to: 2090-01-01 00:00 }\n';

    const { out } = await rehearse(office(website, window), 'Website');
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(/in maintenance until Sun 1 Jan 2090 00:00.*Nobody would be told/);
  });

  it('knows no other services', async () => {
    expect(await rehearse(office(website), 'Webseite')).toMatchObject({ status: 1, err: expect.stringContaining('Website') });
  });

  it('leaves nothing behind and sends nothing, unless asked to', async () => {
    const folder = office(website);
    await rehearse(folder, 'Website');

    expect(readdirSync(folder)).toEqual(['office.yaml']);
  });

  it('sends a drill to each who would be told, marked as one, in their language', async () => {
    const folder = office(website);
    const said = await rehearse(folder, 'Website', '--send');

    const mails = readdirSync(join(folder, 'mails')).map((file) => readFileSync(join(folder, 'mails', file), 'utf8'));
    expect(said.status).toBe(0);
    expect(existsSync(join(folder, 'record.json'))).toBe(false);
    expect(mails).toHaveLength(2);
    expect(mails.filter((mail) => /^Subject: .*\[drill\]/m.test(mail))).toHaveLength(1);
    expect(mails.filter((mail) => mail.includes('chef@office.example') && /^Subject: .*bung/m.test(mail))).toHaveLength(1);
  });
});
