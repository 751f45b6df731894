/** What is examined: this machine, for this user, with this configuration. */
import { userInfo } from 'node:os';
import type { Configuration, Loaded } from '../../config/configuration.ts';
import type { Finding } from './finding.ts';

export interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** All groups, the first one among them. */
  readonly groups: readonly number[];
}

export interface Patient {
  /** The path of the configuration, as it is named. */
  readonly path: string;
  readonly loaded: Loaded;
  /** Null where it is not valid. */
  readonly configuration: Configuration | null;
  /** The state folder. */
  readonly folder: string;
  readonly user: User;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Epoch ms. */
  readonly now: number;
  /** Where the system keeps what is looked at. */
  readonly places: { readonly resolvConf: string; readonly pingGroups: string; readonly polkitRules: readonly string[] };
}

/**
 * Tries one area. It changes nothing on this machine, and settles soon after `signal` aborts, which is `withinMs` after its
 * start; one that does not is given up.
 */
export interface Examination {
  readonly name: string;
  readonly withinMs: number;
  examine(patient: Patient, signal: AbortSignal): Promise<readonly Finding[]>;
}

export const usualPlaces: Patient['places'] = {
  resolvConf: '/etc/resolv.conf',
  pingGroups: '/proc/sys/net/ipv4/ping_group_range',
  polkitRules: ['/etc/polkit-1/rules.d', '/usr/share/polkit-1/rules.d', '/run/polkit-1/rules.d'],
};

/** Who runs this; a user without an entry in the system's list is called by number. */
export function currentUser(): User {
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  return { name: nameOf(uid), uid, gid, groups: [...new Set([gid, ...(process.getgroups?.() ?? [])])] };
}

function nameOf(uid: number): string {
  try {
    return userInfo().username;
  } catch {
    return `#${uid}`;
  }
}
