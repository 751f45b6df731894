import { expect, test } from 'vitest';
import { configuration } from '../support/configuration.ts';
import { openMailSink } from '../support/mail-sink.ts';
import { openOffice } from '../support/office.ts';
import { quiet, story } from '../support/until.ts';
import { openWebsite } from '../support/website.ts';

const count = 30;

test(
  'thirty services behind one port that closes: one incident, thirty affected, one mail and one at its end',
  story,
  async () => {
    await using website = await openWebsite();
    await using sink = await openMailSink();
    const target = new URL(website.url).host;
    const behind = Array.from(
      { length: count },
      (_, index) => `- { name: Service ${index + 1}, depends_on: Switch, check: "tcp://${target}" }`,
    );
    await using place = openOffice(
      configuration({
        mail: [sink.port],
        language: 'de',
        escalation: '- notify: owner',
        services: [`- { name: Switch, impact: high, check: "tcp://${target}" }`, ...behind].join('\n'),
      }),
    );
    await place.run();

    await website.stop();
    await place.incident('with all of them affected', ({ affected }) => affected.length === count);
    await website.start();
    const ended = await place.incident(
      'over, and told',
      ({ status, notifications }) => status === 'resolved' && notifications.filter(({ state }) => state === 'sent').length === 2,
    );
    await quiet(1_000);

    expect((await place.incidents()).map(({ services }) => services)).toEqual([['Switch']]);
    expect(ended.affected.every(({ from, to }) => to !== null && from <= to)).toBe(true);
    expect(sink.letters.map(({ subject }) => subject.replace(/ \(INC.*$/, ''))).toEqual([
      expect.stringMatching(/^\[P1\] Switch: /),
      expect.stringMatching(/^\[behoben\] Switch: /),
    ]);
  },
);
