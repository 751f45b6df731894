/** Name resolution off the thread pool, with a deadline. */

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/** What a lookup found; `text` says plainly why there is no address and never holds the name. */
export type Resolution =
  | { readonly ok: true; readonly addresses: readonly [Address, ...Address[]] }
  | { readonly ok: false; readonly failure: 'dns-failure'; readonly text: string };

export interface Resolver {
  /** Addresses of a name, IPv4 first; settles at the latest when `signal` aborts. */
  resolve(name: string, signal: AbortSignal): Promise<Resolution>;
}
