/** One stage a kind: CPU time a check beside the floors, and memory. */
import { probeOf } from '../../../src/probes/registry.ts';
import { type Aim, fixed, type Report, type Stage } from '../support/report.ts';
import { type Ranged, ratio } from '../support/statistics.ts';
import { type KindLoad, kindLoads } from './kinds.ts';
import { knownFigures } from './known.ts';
import { daemonLane, intervalS, librariesLane, measureLoad, services, type Taken } from './load.ts';

const mostOverAxios = 1.25;
const mostResidentMb = 130;

export const cpuStages: readonly Stage[] = kindLoads.map((load) => ({
  name: load.kind,
  about: `CPU and memory of ${services} ${load.kind} services every ${intervalS} s`,
  limitS: 180,
  run: async (say) => {
    if (probeOf(load.kind) === undefined) return { ...empty(load), notes: [`This build has no kind ${load.kind}.`] };
    return reportOf(load, await measureLoad(load, say));
  },
}));

function empty({ kind }: KindLoad): Report {
  return { title: `${services} ${kind} services every ${intervalS} s`, head: [], rows: [], notes: [], aims: [], figures: null };
}

function reportOf(load: KindLoad, found: Readonly<Record<string, Taken>>): Report {
  const daemon = need(found, daemonLane);
  const compared = load.floors.map(({ name, about }) => {
    const floor = need(found, name);
    return { name, about, floor, perCheck: perCheck(floor), ratio: overFloor(daemon, floor) };
  });
  const own = perCheck(daemon);
  const libraries = need(found, librariesLane).memory;
  return {
    ...empty(load),
    head: ['process', 'CPU ms/check', 'range', 'daemon is', 'range', 'RSS MB', 'PSS MB'],
    rows: [
      ['daemon', ...ranged(own, 2), '', '', ...memory(daemon)],
      ...compared.map((one) => [one.about, ...ranged(one.perCheck, 2), ...times(one.ratio), ...memory(one.floor)]),
      ['libraries only', '', '', '', '', fixed(libraries.residentMb, 0), fixed(libraries.proportionalMb, 0)],
      ...(load.kind === 'http'
        ? knownFigures.map((known) => [`${known.name} *`, known.cpuMs, '', '', '', known.residentMb])
        : []),
    ],
    notes: load.kind === 'http' ? ['* known figures, measured on other machines'] : [],
    aims: load.kind === 'http' ? aims(compared[0]?.ratio.value ?? Number.NaN, daemon) : [],
    figures: { daemon, floors: Object.fromEntries(compared.map((one) => [one.name, one.floor])), libraries },
  };
}

function aims(overAxios: number, { memory }: Taken): readonly Aim[] {
  return [
    { what: `http under ${mostOverAxios} times the bare axios loop`, met: overAxios < mostOverAxios },
    { what: `resident under ${mostResidentMb} MB`, met: memory.residentMb < mostResidentMb },
  ];
}

function perCheck({ cpuMs, looks }: Taken): Ranged {
  return ratio(cpuMs, looks);
}

function overFloor(daemon: Taken, floor: Taken): Ranged {
  const costs = ({ cpuMs, looks }: Taken) => cpuMs.map((ms, index) => ms / (looks[index] ?? Number.NaN));
  return ratio(costs(daemon), costs(floor));
}

function need(found: Readonly<Record<string, Taken>>, lane: string): Taken {
  const one = found[lane];
  if (one === undefined) throw new Error(`nothing was measured of ${lane}`);
  return one;
}

function ranged({ value, low, high }: Ranged, digits: number): readonly string[] {
  return [fixed(value, digits), `${fixed(low, digits)}–${fixed(high, digits)}`];
}

function times({ value, low, high }: Ranged): readonly string[] {
  return [`${fixed(value, 2)} ×`, `${fixed(low, 2)}–${fixed(high, 2)}`];
}

function memory({ memory: { residentMb, proportionalMb } }: Taken): readonly string[] {
  return [fixed(residentMb, 0), fixed(proportionalMb, 0)];
}
