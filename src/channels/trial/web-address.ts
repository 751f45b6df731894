/** Whether a web address can be reached from here, without asking it for anything. */
import type { Secret } from '../../lib/secret.ts';
import { connectTo } from '../../net/connect.ts';
import type { Failure } from '../../net/failure.ts';
import { secure } from '../../net/tls.ts';

/** `where` is the address that answered. */
export type Reach = { readonly ok: true; readonly where: string } | Failure;

/** Connects to its host, shakes hands where it is `https:`, and leaves: no request is made. Settles when `signal` aborts. */
export async function tryWebAddress(address: Secret, signal: AbortSignal): Promise<Reach> {
  const { protocol, hostname, port } = new URL(address.reveal());
  const host = hostname.replace(/^\[|\]$/g, '');
  const isSecure = protocol === 'https:';
  const connected = await connectTo({ host, port: Number(port) || (isSecure ? 443 : 80), signal });
  if (!connected.ok) return connected;
  const { socket, where } = connected;
  try {
    if (!isSecure) return { ok: true, where };
    const secured = await secure(socket, host, {}, signal);
    if (!secured.ok) return secured;
    secured.socket.destroy();
    return { ok: true, where };
  } finally {
    socket.destroy();
  }
}
