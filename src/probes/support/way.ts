/** Where looks go, for diagnosis to follow. */
import type { Trust, Way } from '../../core/diagnosis.ts';
import { isSecret, revealed, type Secret } from '../../lib/secret.ts';

/** The way to a host as it is configured; a secret one is never shown. */
export function wayTo(host: string | Secret, rest: Omit<Way, 'host' | 'hidden'>): Way {
  return { host: revealed(host), ...(isSecret(host) ? { hidden: true } : {}), ...rest };
}

interface Judging {
  readonly name?: string | undefined;
  readonly ca?: string | undefined;
  readonly insecure?: boolean;
}

/** How a certificate is judged, as part of a way; nothing where that is as usual. */
export function trusting({ name, ca, insecure }: Judging): { readonly trust?: Trust } {
  const trust = {
    ...(name === undefined ? {} : { name }),
    ...(ca === undefined ? {} : { ca }),
    ...(insecure ? ({ insecure } as const) : {}),
  };
  return Object.keys(trust).length === 0 ? {} : { trust };
}
