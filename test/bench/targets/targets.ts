import { startSpeaking } from '../support/child.ts';

/** Where the process of targets listens. */
export interface Listening {
  readonly web: number;
  /** By lane. */
  readonly tcp: Readonly<Record<string, number>>;
  /** `address:port` of the name server, which knows `N.LANE.example`. */
  readonly names: string;
}

export interface Targets extends AsyncDisposable {
  readonly listening: Listening;
  /** Looks so far, by lane. */
  counts(): Promise<Readonly<Record<string, number>>>;
  /** Paths that were asked for since the last call, and when (ms since the machine's boot). */
  arrivals(): Promise<readonly (readonly [path: string, monoMs: number])[]>;
}

/** Starts the process of targets for these lanes. */
export async function openTargets(lanes: readonly string[], targetsPerLane: number): Promise<Targets> {
  const child = await startSpeaking(['test/bench/targets/main.ts', JSON.stringify(lanes), String(targetsPerLane)]);
  const listening: Listening = JSON.parse(child.firstLine);
  const ask = async (what: string) => (await fetch(`http://127.0.0.1:${listening.web}/-/${what}`)).json();
  return {
    listening,
    counts: async () => (await ask('counts')) as Record<string, number>,
    arrivals: async () => (await ask('arrivals')) as [string, number][],
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
