/**
 * How late looks start, seen from outside: the real daemon watches a web server that notes when each request arrives, on
 * the clock that all processes of a machine share. The plan of each check is known (`gridSlot`), so an arrival's distance
 * to its slot is the lateness of its start, plus connecting, asking and the server's own delay: never too small.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { gridSlot } from '../../../src/engine/schedule.ts';
import { openOffice } from '../support/office.ts';
import { cpuOfTree, memoryOf, monotonicMs, processes, waitedForCoreMs } from '../support/proc.ts';
import { fixed, type Say, type Stage } from '../support/report.ts';
import { quantile } from '../support/statistics.ts';
import { openTargets, type Targets } from '../targets/targets.ts';

const intervalS = 60;
const windowS = 60;
const sizes = [1000, 10_000] as const;
/** Within an interval and a half every check has had a look on the grid of its plan; first looks are not on it. */
const warmUpS = 1.5 * intervalS + 1;
const startLimitS = 60;
const aimedSize = 10_000;
const mostLateMs = 250;
const mostShare = 0.6;

interface Lateness {
  readonly size: number;
  readonly looks: number;
  readonly expected: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Of one core. */
  readonly cpuShare: number;
  /** Of the time: ready to run, and others had the cores. What is late by that is the machine's doing. */
  readonly starvedShare: number;
  readonly residentMb: number;
  readonly startS: number;
}

export const lateness: Stage = {
  name: 'lateness',
  about: `start lateness of ${sizes.join(' and ')} http services every ${intervalS} s`,
  limitS: 420,
  run: async (say) => {
    const found: Lateness[] = [];
    for (const size of sizes) found.push(await measure(size, say));
    const aimed = found.find(({ size }) => size === aimedSize);
    return {
      title: `Looks against their plan, http services every ${intervalS} s`,
      head: [
        'services',
        'looks',
        'planned',
        'p50 ms',
        'p99 ms',
        'max ms',
        'CPU of a core',
        'no core for',
        'RSS MB',
        'to watching s',
      ],
      rows: found.map(rowOf),
      notes: [
        'From the slot of the plan to the arrival of the request at the target: starting, connecting and asking.',
        '`no core for`: the share of time in which the daemon was ready to run and other programs had the cores.',
      ],
      aims: [
        { what: `p99 under ${mostLateMs} ms with ${aimedSize} services`, met: (aimed?.p99 ?? Infinity) < mostLateMs },
        { what: `under ${mostShare * 100} % of a core with ${aimedSize} services`, met: (aimed?.cpuShare ?? 1) < mostShare },
      ],
      figures: found,
    };
  },
};

function rowOf({
  size,
  looks,
  expected,
  p50,
  p99,
  max,
  cpuShare,
  starvedShare,
  residentMb,
  startS,
}: Lateness): readonly string[] {
  const late = [p50, p99, max].map((ms) => fixed(ms, 1));
  const shares = [cpuShare, starvedShare].map((share) => `${fixed(share * 100, 1)} %`);
  return [`${size}`, `${looks}`, `${expected}`, ...late, ...shares, fixed(residentMb, 0), fixed(startS, 1)];
}

async function measure(size: number, say: Say): Promise<Lateness> {
  await using targets = await openTargets(['daemon'], 0);
  const urlOf = (path: string) => `http://127.0.0.1:${targets.listening.web}${path}`;
  const services = Array.from({ length: size }, (_, index) => `{ name: S${index}, check: "${urlOf(`/daemon/${index}`)}" }`);
  using office = openOffice({ services, intervalS });
  const begun = monotonicMs();
  await using daemon = office.run();
  while (!readFileSync(office.log, 'utf8').includes('is watching')) {
    office.insistOn(daemon);
    if (monotonicMs() - begun > startLimitS * 1000) throw new Error(`not watching after ${startLimitS} s`);
    await sleep(100);
  }
  const startS = (monotonicMs() - begun) / 1000;
  say(`${size} services: warming up for ${warmUpS} s`);
  await sleep(warmUpS * 1000);
  const window = await watchWindow(daemon.pid, targets, say);
  office.insistOn(daemon);
  const late = window.arrivals.map(([path, mono]) => latenessOf(`S${path.split('/')[2]}/http:${urlOf(path)}`, mono));
  const [p50, p99, max] = [0.5, 0.99, 1].map((share) => quantile(late, share)) as [number, number, number];
  const expected = (size * windowS) / intervalS;
  const { arrivals, ...shares } = window;
  return { size, looks: arrivals.length, expected, p50, p99, max, ...shares, ...memoryOf(daemon.pid), startS };
}

async function watchWindow(pid: number, targets: Targets, say: Say) {
  const used = () => ({ cpuMs: cpuOfTree(pid, processes()), starvedMs: waitedForCoreMs(pid), at: monotonicMs() });
  await targets.arrivals();
  const from = used();
  say(`measuring for ${windowS} s`);
  await sleep(windowS * 1000);
  const to = used();
  const share = (what: 'cpuMs' | 'starvedMs') => (to[what] - from[what]) / (to.at - from.at);
  return { cpuShare: share('cpuMs'), starvedShare: share('starvedMs'), arrivals: await targets.arrivals() };
}

/** From the last slot of the check's plan to its arrival. */
function latenessOf(key: string, arrived: number): number {
  const intervalMs = intervalS * 1000;
  return arrived - gridSlot({ key, intervalMs, retryIntervalMs: intervalMs }, arrived - intervalMs);
}
