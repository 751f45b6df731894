/** The kinds whose CPU time is measured, each beside its floors. */
import type { Listening } from '../targets/targets.ts';

export interface Floor {
  /** The lane of its targets and the name of its file in `floors/`. */
  readonly name: string;
  readonly about: string;
}

export interface KindLoad {
  readonly kind: string;
  readonly floors: readonly Floor[];
  /** The target of one look in a lane. */
  target(listening: Listening, lane: string, index: number): string;
  /** What stands behind `check:` for a target. */
  check(target: string): string;
  /** Whether the targets count the looks; else they are taken as many as planned. */
  readonly isCounted: boolean;
}

export const kindLoads: readonly KindLoad[] = [
  {
    kind: 'http',
    floors: [
      { name: 'axios', about: 'bare axios loop' },
      { name: 'node-http', about: 'bare node:http loop' },
    ],
    target: ({ web }, lane, index) => `http://127.0.0.1:${web}/${lane}/${index}`,
    check: (target) => `"${target}"`,
    isCounted: true,
  },
  {
    kind: 'tcp',
    floors: [{ name: 'net', about: 'bare net.connect loop' }],
    target: ({ tcp }, lane) => `127.0.0.1:${tcp[lane]}`,
    check: (target) => `{ tcp: "${target}" }`,
    isCounted: true,
  },
  {
    kind: 'dns',
    floors: [{ name: 'dns', about: 'bare Resolver.resolve4 loop' }],
    target: ({ names }, lane, index) => `${index}.${lane}.example@${names}`,
    check: (target) => `{ dns: "${target.split('@')[0]}", resolver: "${target.split('@')[1]}" }`,
    isCounted: true,
  },
  {
    kind: 'ping',
    floors: [{ name: 'ping', about: 'bare spawn of ping' }],
    target: (_listening, _lane, index) => `127.0.0.${(index % 250) + 1}`,
    check: (target) => `{ ping: ${target} }`,
    isCounted: false,
  },
];
