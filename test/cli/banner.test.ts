import { describe, expect, it } from 'vitest';
import { banner } from '../../src/cli/banner.ts';
import { configurationOf } from '../config/support/office.ts';

describe('what the daemon says at its start', () => {
  it('names services with their checks, people and the way of mails', async () => {
    const configuration = await configurationOf(`
site: Kanzlei Sommer
contacts: { anna: anna@kanzlei.example }
services:
  - name: Website
    checks:
      - http: https://www.kanzlei.example
      - { name: answers, command: [/bin/sh, -c, a long line] }
  - name: Post
`);

    expect(banner(configuration, '/srv/state')).toEqual([
      'Kanzlei Sommer: watching 2 services with 2 checks',
      '  Website: http https://www.kanzlei.example, answers, certificate www.kanzlei.example:443',
      '  Post: no checks',
      'People: anna (anna@kanzlei.example)',
      'Mails: no mail server is configured, so they become files in /srv/state/mails',
      expect.stringContaining('State: /srv/state'),
    ]);
  });

  it('says nothing of mails where nobody is told by mail, and no more than the origin of a web address', async () => {
    const configuration = await configurationOf('contacts: { firm: { webhook: https://hooks.example/canary } }\n');

    const lines = banner(configuration, '/srv/state');

    expect(lines).toContain('People: firm (https://hooks.example)');
    expect(lines.join('\n')).not.toMatch(/mail|canary/i);
    expect(configuration.notes.map(({ message }) => message).join('\n')).not.toMatch(/mail/);
  });
});
