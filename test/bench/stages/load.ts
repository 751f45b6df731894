/** CPU and memory at a steady pace: the daemon and its floors at the same time, so that what disturbs one disturbs all. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FloorOrder } from '../floors/pace.ts';
import { type Child, insistOn, startLogged } from '../support/child.ts';
import { type Office, openOffice } from '../support/office.ts';
import { cpuOfTree, type Memory, memoryOf, processes } from '../support/proc.ts';
import type { Say } from '../support/report.ts';
import { openTargets, type Targets } from '../targets/targets.ts';
import type { KindLoad } from './kinds.ts';

export const services = 200;
export const intervalS = 10;
/** Until then V8 has compiled what every look runs, twenty of them a second. */
const warmUpS = 75;
const slices = 4;

/** What one process took: CPU and looks, a figure a slice of one interval. */
export interface Taken {
  readonly cpuMs: readonly number[];
  readonly looks: readonly number[];
  readonly memory: Memory;
}

interface Snapshot {
  readonly cpuMs: Readonly<Record<string, number>>;
  readonly looks: Readonly<Record<string, number>>;
}

type Measured = Readonly<Record<string, Child>>;

export const daemonLane = 'daemon';
export const librariesLane = 'libraries';

/** Runs one kind's load and gives what the daemon, its floors and a process with the libraries took, by lane. */
export async function measureLoad(load: KindLoad, say: Say): Promise<Readonly<Record<string, Taken>>> {
  const lanes = [daemonLane, ...load.floors.map(({ name }) => name)];
  await using targets = await openTargets(lanes, services);
  const targetsOf = (lane: string) => Array.from({ length: services }, (_, index) => load.target(targets.listening, lane, index));
  const lines = targetsOf(daemonLane).map((target, index) => `{ name: S${index}, check: ${load.check(target)} }`);
  using office = openOffice({ services: lines, intervalS });
  await using stack = new AsyncDisposableStack();
  const measured: Record<string, Child> = { [daemonLane]: stack.use(office.run()) };
  for (const { name } of load.floors) {
    const order: FloorOrder = { targets: targetsOf(name), intervalMs: intervalS * 1000 };
    measured[name] = stack.use(startFloor(name, office, [JSON.stringify(order)]));
  }
  measured[librariesLane] = stack.use(startFloor(librariesLane, office));
  say(`warming up for ${warmUpS} s: ${Object.keys(measured).join(', ')}`);
  await sleep(warmUpS * 1000);
  const snapshots = await watch(load, measured, targets, office, say);
  return Object.fromEntries(Object.entries(measured).map(([lane, child]) => [lane, taken(lane, child, snapshots)]));
}

function startFloor(name: string, office: Office, args: readonly string[] = []): Child {
  return startLogged([`test/bench/floors/${name}.ts`, ...args], join(office.folder, 'log'));
}

async function watch(load: KindLoad, measured: Measured, targets: Targets, office: Office, say: Say): Promise<Snapshot[]> {
  const snapshots = [await snapshot(load, measured, targets, 0)];
  for (let slice = 1; slice <= slices; slice += 1) {
    await sleep(intervalS * 1000);
    for (const child of Object.values(measured)) insistOn(child, office.log);
    snapshots.push(await snapshot(load, measured, targets, slice));
    say(`measured ${slice * intervalS} of ${slices * intervalS} s`);
  }
  return snapshots;
}

async function snapshot(load: KindLoad, measured: Measured, targets: Targets, slice: number): Promise<Snapshot> {
  const list = processes();
  const cpuMs = Object.fromEntries(Object.entries(measured).map(([lane, { pid }]) => [lane, cpuOfTree(pid, list)]));
  const counted = load.isCounted ? await targets.counts() : {};
  const looks = Object.fromEntries(Object.keys(measured).map((lane) => [lane, counted[lane] ?? slice * services]));
  return { cpuMs, looks };
}

function taken(lane: string, { pid }: Child, snapshots: readonly Snapshot[]): Taken {
  const steps = (of: (snapshot: Snapshot) => number | undefined) =>
    snapshots.slice(1).map((after, index) => (of(after) ?? 0) - (of(snapshots[index] ?? after) ?? 0));
  return { cpuMs: steps(({ cpuMs }) => cpuMs[lane]), looks: steps(({ looks }) => looks[lane]), memory: memoryOf(pid) };
}
