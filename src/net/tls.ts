/** The TLS handshake over an open connection. Judging the certificate is `certificate-failure.ts`. */
import type { X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls';
import { domainToASCII } from 'node:url';
import { certificateFailure } from './certificate-failure.ts';
import { errorCode, type Failure, type FailureCode, failed } from './failure.ts';

export interface TlsSettings {
  /** PEM text: the only certification authorities trusted; the built-in ones when absent. */
  readonly ca?: string | undefined;
  /** Accepts any certificate. */
  readonly insecure?: boolean | undefined;
  /** The name that is asked for (SNI) and that the certificate must be for; the host when absent. */
  readonly servername?: string | undefined;
  /** The oldest protocol that will do; TLSv1.2 when absent. */
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3' | undefined;
  /** What is offered to be spoken inside (ALPN, RFC 7301). */
  readonly alpn?: readonly string[] | undefined;
}

/** `certificate`: the one that was shown, where the handshake came that far. */
export type TlsFailure = Failure & { readonly certificate?: X509Certificate | undefined };

export type Secured = { readonly ok: true; readonly socket: TLSSocket } | TlsFailure;

/** A certificate that was shown, and what it was refused for; null where it was accepted (with `insecure`: any is). */
export interface ShownCertificate {
  readonly leaf: X509Certificate;
  readonly refused: FailureCode | null;
}

/** The certificate of a handshake, in good and bad; undefined where none was shown. */
export function shownBy(secured: Secured): ShownCertificate | undefined {
  const leaf = secured.ok ? secured.socket.getPeerX509Certificate() : secured.certificate;
  return leaf === undefined ? undefined : { leaf, refused: secured.ok ? null : secured.failure };
}

/**
 * Shakes hands as a client that wants `host`. Nothing is sent before the certificate is judged. On failure, and when
 * `signal` aborts, the connection is destroyed.
 */
export function secure(plain: Socket, host: string, settings: TlsSettings, signal: AbortSignal): Promise<Secured> {
  const name = asAsked(settings.servername ?? host);
  return new Promise((resolve) => {
    const socket = begin(plain, name, settings);
    let isSettled = false;
    const settle = (result: Secured) => {
      isSettled = true;
      clearInterval(guard);
      signal.removeEventListener('abort', onAbort);
      if (!result.ok) socket.destroy();
      resolve(result);
    };
    const fail = (failure: Failure) => {
      if (!isSettled) settle({ ...failure, certificate: socket.getPeerX509Certificate() });
    };
    const guard = guardAgainstFlood(plain, () =>
      fail(failed('tls-handshake', 'the other side sends and sends without shaking hands')),
    );
    const onAbort = () => fail(failed('timeout', 'connected, but the TLS handshake did not end in time'));
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('secureConnect', () => settle(judge(socket, name, settings)));
    socket.on('error', (error) => fail(failed('tls-handshake', `the TLS handshake failed: ${handshakeReason(error, settings)}`)));
    socket.once('close', () => fail(failed('tls-handshake', 'the connection was closed during the TLS handshake')));
  });
}

/** OpenSSL passes over some messages however many come; a handshake that takes more than 1 MiB is none. */
function guardAgainstFlood(plain: Socket, stop: () => void): NodeJS.Timeout {
  const limit = plain.bytesRead + 1_048_576;
  return setInterval(() => {
    if (plain.bytesRead > limit) stop();
  }, 100);
}

/** A name as it stands in certificates: in ASCII and without the dot of the root. */
function asAsked(name: string): string {
  return isIP(name) > 0 ? name : (domainToASCII(name) || name).replace(/\.$/, '');
}

function begin(plain: Socket, name: string, { ca, minVersion, alpn }: TlsSettings): TLSSocket {
  return connect({
    socket: plain,
    host: name,
    servername: isIP(name) > 0 ? '' : name,
    // Judged in `judge`, where the certificate is still at hand to say what is wrong with it.
    rejectUnauthorized: false,
    minVersion: minVersion ?? 'TLSv1.2',
    ...(ca === undefined ? {} : { ca }),
    ...(alpn === undefined ? {} : { ALPNProtocols: [...alpn] }),
  });
}

function judge(socket: TLSSocket, name: string, { ca, insecure }: TlsSettings): Secured {
  if (insecure || socket.authorized) return { ok: true, socket };
  const certificate = socket.getPeerX509Certificate();
  const code = String(socket.authorizationError);
  if (certificate === undefined) return failed('tls-untrusted', 'the other side shows no certificate');
  const isForName = checkServerIdentity(name, socket.getPeerCertificate()) === undefined;
  return { ...certificateFailure({ code, certificate, isForName, ca, now: Date.now() }), certificate };
}

/** What the other side's refusals mean, by OpenSSL's words. */
const refusals: readonly (readonly [RegExp, string])[] = [
  [/wrong version number|packet length too long|http request/, 'the other side does not speak TLS on this port'],
  [/unrecognized name/, 'the other side knows no such name (SNI)'],
  [/alert handshake failure/, 'the other side finds no common cipher, or wants a client certificate'],
  [/certificate required/, 'the other side wants a client certificate'],
];

function handshakeReason(error: unknown, { minVersion = 'TLSv1.2' }: TlsSettings): string {
  const reason = typeof error === 'object' && error !== null && 'reason' in error ? String(error.reason) : '';
  if (/protocol version|unsupported protocol/.test(reason))
    return `the other side speaks neither ${minVersion} nor anything newer`;
  const known = refusals.find(([words]) => words.test(reason));
  return known?.[1] ?? (reason || errorCode(error) || 'no reason given');
}
