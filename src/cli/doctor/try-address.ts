/** What to say of a web address that is needed. */
import { tryWebAddress } from '../../channels/trial/web-address.ts';
import type { Secret } from '../../lib/secret.ts';
import { oneLine } from '../../texts/clean.ts';
import { type Finding, well, wrong } from './finding.ts';

/** Connects to its host and leaves; `where` is the key in the configuration. The address itself is not shown. */
export async function tryAddress(about: string, address: Secret, where: string, signal: AbortSignal): Promise<Finding> {
  const { host = '' } = URL.parse(address.reveal()) ?? {};
  const reached = await tryWebAddress(address, signal);
  if (reached.ok) return well(about, `${host} is reached (${reached.where})`);
  return wrong(about, `${host} cannot be reached: ${oneLine(reached.text)}`, fixOf(reached.failure, host, where));
}

function fixOf(failure: string, host: string, where: string): string {
  if (failure === 'dns-failure') return `correct the name ${host} in ${where} of the configuration`;
  if (failure.startsWith('tls-'))
    return `mend the certificate of ${host}, or correct the address in ${where} of the configuration`;
  return `open the way to ${host} in the firewall, or correct the address in ${where} of the configuration`;
}
