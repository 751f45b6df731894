/** From starting the program, as `npm start` does after its setup, to the first look at the target. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { openFolder } from '../support/folder.ts';
import { openOffice } from '../support/office.ts';
import { monotonicMs } from '../support/proc.ts';
import { fixed, type Say, type Stage } from '../support/report.ts';
import { median } from '../support/statistics.ts';

const runs = 5;
const patienceMs = 30_000;
/** What a first configuration watches, next to websites. */
const local = ['{ name: This machine, checks: [{ disk: / }, { memory: }, { load: }] }'];
const offices = [
  { name: 'first configuration', services: (url: string) => [...local, ...websites(url, 3)] },
  { name: '1000 services', services: (url: string) => websites(url, 1000) },
] as const;

export const start: Stage = {
  name: 'start',
  about: 'from starting the program to the first look',
  limitS: 180,
  run: async (say) => {
    const found = [];
    for (const office of offices) found.push({ name: office.name, ...(await measure(office.services, say)) });
    return {
      title: `From start to the first look at the target, median of ${runs}`,
      head: ['configuration', 'code not compiled yet, ms', 'compiled before, ms'],
      rows: found.map(({ name, cold, warm }) => [name, fixed(median(cold), 0), fixed(median(warm), 0)]),
      notes: [],
      aims: [],
      figures: found,
    };
  },
};

function websites(url: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `{ name: S${index}, check: "${url}/${index}" }`);
}

async function measure(services: (url: string) => readonly string[], say: Say) {
  await using site = await openSite();
  const cold: number[] = [];
  const warm: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    using cache = openFolder();
    cold.push(await timeStart(services(site.url), site, cache.path));
    warm.push(await timeStart(services(site.url), site, cache.path));
    say(`start ${run + 1} of ${runs}`);
  }
  return { cold, warm };
}

/** Ends the daemon in order, because the compiled code is kept then. */
async function timeStart(services: readonly string[], site: Site, cache: string): Promise<number> {
  using office = openOffice({ services, intervalS: 60 });
  site.firstVisit = null;
  const begun = monotonicMs();
  await using daemon = office.run({ NODE_COMPILE_CACHE: cache });
  while (site.firstVisit === null) {
    office.insistOn(daemon);
    if (monotonicMs() - begun > patienceMs) throw new Error(`no look within ${patienceMs} ms`);
    await sleep(5);
  }
  return site.firstVisit - begun;
}

interface Site extends AsyncDisposable {
  readonly url: string;
  firstVisit: number | null;
}

async function openSite(): Promise<Site> {
  const server = createServer((_, response) => {
    site.firstVisit ??= monotonicMs();
    response.end('Anmelden');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const site: Site = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    firstVisit: null,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return site;
}
