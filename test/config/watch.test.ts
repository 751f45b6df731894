import { appendFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type ConfigurationWatch, watchConfiguration } from '../../src/config/watch.ts';
import { office } from './support/office.ts';

const quick = { quietMs: 100, pollMs: 60_000 };

/** Counts the calls and waits for the next one, at most two seconds. */
function counter() {
  let calls = 0;
  let wake = () => {};
  return {
    called: () => {
      calls += 1;
      wake();
    },
    count: () => calls,
    next: () => Promise.race([new Promise<void>((resolve) => (wake = resolve)), wait(2000, undefined, { ref: false })]),
  };
}

async function whileWatching(watch: ConfigurationWatch, story: () => Promise<void>): Promise<void> {
  try {
    await story();
  } finally {
    watch.close();
  }
}

describe('watching the configuration', () => {
  it('notices a write, also a file that is replaced, removed and made again', async () => {
    using place = office({ 'main.yaml': 'site: a\n' });
    const quiet = counter();
    const watch = watchConfiguration({ files: [place.path('main.yaml')], includes: [] }, quiet.called, quick);

    await whileWatching(watch, async () => {
      writeFileSync(place.path('main.yaml'), 'site: b\n');
      await quiet.next();
      expect(quiet.count()).toBe(1);

      writeFileSync(place.path('main.yaml~'), 'site: c\n');
      renameSync(place.path('main.yaml~'), place.path('main.yaml'));
      await quiet.next();
      expect(quiet.count()).toBe(2);

      rmSync(place.path('main.yaml'));
      await quiet.next();
      expect(quiet.count()).toBe(3);

      writeFileSync(place.path('main.yaml'), 'site: d\n');
      await quiet.next();
      expect(quiet.count()).toBe(4);
    });
  });

  it('waits until nothing is written any more', async () => {
    using place = office({ 'main.yaml': 'site: a\n' });
    const quiet = counter();
    const watch = watchConfiguration({ files: [place.path('main.yaml')], includes: [] }, quiet.called, {
      quietMs: 400,
      pollMs: 60_000,
    });

    await whileWatching(watch, async () => {
      for (let count = 0; count < 10; count++) {
        appendFileSync(place.path('main.yaml'), '# more\n');
        await wait(20);
      }
      expect(quiet.count()).toBe(0);

      await quiet.next();
      expect(quiet.count()).toBe(1);
    });
  });

  it('notices a new file that an include asks for, and no other', async () => {
    using place = office({ 'main.yaml': 'site: a\n', 'more/a.yaml': '' });
    const quiet = counter();
    const watched = { files: [place.path('main.yaml'), place.path('more/a.yaml')], includes: [place.path('more/*.yaml')] };
    const watch = watchConfiguration(watched, quiet.called, quick);

    await whileWatching(watch, async () => {
      writeFileSync(place.path('more/notes.txt'), 'x');
      writeFileSync(place.path('state.json'), 'x');
      await wait(300);
      expect(quiet.count()).toBe(0);

      writeFileSync(place.path('more/b.yaml'), 'x');
      await quiet.next();
      expect(quiet.count()).toBe(1);
    });
  });

  it('looks at the files now and then where the system tells nothing', async () => {
    using place = office({ 'main.yaml': 'site: a\n', 'elsewhere/real.yaml': 'site: a\n' });
    const quiet = counter();
    rmSync(place.path('main.yaml'));
    const { symlinkSync } = await import('node:fs');
    symlinkSync(place.path('elsewhere/real.yaml'), place.path('main.yaml'));
    const watch = watchConfiguration({ files: [place.path('main.yaml')], includes: [] }, quiet.called, {
      quietMs: 20,
      pollMs: 50,
    });

    await whileWatching(watch, async () => {
      await wait(200);
      writeFileSync(place.path('elsewhere/real.yaml'), 'site: longer\n');
      await quiet.next();
      expect(quiet.count()).toBeGreaterThanOrEqual(1);
    });
  });

  it('says nothing after its end, and needs no folder to exist', async () => {
    using place = office({ 'main.yaml': 'site: a\n' });
    const quiet = counter();
    const watch = watchConfiguration(
      { files: [place.path('main.yaml'), '/nowhere/at/all.yaml'], includes: [] },
      quiet.called,
      quick,
    );

    writeFileSync(place.path('main.yaml'), 'site: b\n');
    watch.close();
    await wait(300);

    expect(quiet.count()).toBe(0);
  });
});
