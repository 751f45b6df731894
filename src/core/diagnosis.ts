/** What a look into why a check fails found. All times are wall clock, epoch milliseconds UTC. */
import type { CauseCode } from './observation.ts';
import type { InEachLanguage } from './rules.ts';

/** From this server outwards; `machine` is what a local measure is about. */
export const layers = [
  'link',
  'gateway',
  'resolver',
  'internet',
  'address',
  'host',
  'port',
  'tls',
  'application',
  'machine',
] as const;
export type Layer = (typeof layers)[number];

/** One small look at one layer. */
export interface Finding {
  readonly layer: Layer;
  /** `unclear`: it could not be looked at in its time, or what was seen says nothing either way. */
  readonly verdict: 'good' | 'bad' | 'unclear';
  /** What was looked at: `eth0`, `192.168.178.1`, `www.example.com:443`. */
  readonly subject: string;
  /** What was seen, in few technical words (`connection refused`, `3 of 3 answered`): text from outside, cut and clean. */
  readonly detail: string;
}

/** The verdict over all findings. */
export interface Diagnosis {
  /** When it ended. */
  readonly at: number;
  readonly code: CauseCode;
  /** What is wrong, completing "<Service>: …", where the findings say it better than the general words for `code`. */
  readonly sentence?: InEachLanguage;
  /** What it likely means, one or two whole sentences for a non-expert; the general words when absent. */
  readonly meaning?: InEachLanguage;
  /** What to do first, one whole sentence; the general words when absent. */
  readonly firstStep?: InEachLanguage;
  readonly findings: readonly Finding[];
}

/** What is asked: why does this check fail, of which its look said this? */
export interface Complaint {
  /** The key of the check. */
  readonly check: string;
  readonly code: CauseCode;
  readonly message: string;
  readonly evidence: readonly string[];
}

/** Where a check's looks go, as far as diagnosis can follow; for a local kind there is none. */
export interface Way {
  /** A name or an address. */
  readonly host: string;
  /** `host`, or what is asked for, comes from a secret: neither is ever shown. */
  readonly hidden?: true;
  /** Absent where no port is meant (ping). */
  readonly port?: number;
  /** `lookup`: nothing is connected to, the machine's name servers are asked for `asks`. */
  readonly transport: 'tcp' | 'udp' | 'icmp' | 'lookup';
  /** The question that name servers are asked: `host`, else those of this machine. */
  readonly asks?: { readonly name: string; readonly type: string };
  /** Encrypted from the first byte (`implicit`), or after a command in clear. */
  readonly tls?: 'implicit' | 'starttls';
  /** How the other side's certificate is judged, where that is not as usual. */
  readonly trust?: Trust;
}

export interface Trust {
  /** The name that the certificate must be for, where it is not `host`. */
  readonly name?: string;
  /** Absolute path of a PEM file with the only authorities that are trusted. */
  readonly ca?: string;
  /** Any certificate is accepted. */
  readonly insecure?: true;
}
