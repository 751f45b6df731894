/** The TLS handshake over an open connection, and what is wrong with the certificate it shows. */
import { isIP, type Socket } from 'node:net';
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { errorCode, type Failure, failed } from './failure.ts';

export interface TlsSettings {
  /** PEM text: the only certification authorities trusted; the built-in ones when absent. */
  readonly ca?: string | undefined;
  /** Accepts any certificate. */
  readonly insecure?: boolean | undefined;
}

export type Secured = { readonly ok: true; readonly socket: TLSSocket } | Failure;

/**
 * Shakes hands as a client that wants `host`. Nothing is sent before the certificate is judged. On failure, and when
 * `signal` aborts, the connection is destroyed.
 */
export function secure(plain: Socket, host: string, settings: TlsSettings, signal: AbortSignal): Promise<Secured> {
  return new Promise((resolve) => {
    const socket = connect({
      socket: plain,
      host,
      servername: isIP(host) > 0 ? '' : host,
      ALPNProtocols: ['http/1.1'],
      // Judged in `judge`, where the certificate is still at hand to say what is wrong with it.
      rejectUnauthorized: false,
      ...(settings.ca === undefined ? {} : { ca: settings.ca }),
    });
    const settle = (result: Secured) => {
      signal.removeEventListener('abort', onAbort);
      if (!result.ok) socket.destroy();
      resolve(result);
    };
    const onAbort = () => settle(failed('timeout', 'connected, but the TLS handshake did not end in time'));
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('secureConnect', () => settle(judge(socket, settings)));
    socket.on('error', (error) => settle(failed('tls-handshake', `the TLS handshake failed: ${handshakeReason(error)}`)));
    socket.once('close', () => settle(failed('tls-handshake', 'the connection was closed during the TLS handshake')));
  });
}

function judge(socket: TLSSocket, settings: TlsSettings): Secured {
  if (settings.insecure || socket.authorized) return { ok: true, socket };
  return certificateFailure(String(socket.authorizationError), socket.getPeerCertificate());
}

/** What OpenSSL's or Node's verification code means; unlisted ones are a chain that cannot be trusted. */
export function certificateFailure(code: string, certificate: Partial<PeerCertificate>): Failure {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return failed(
        'tls-expired',
        `the certificate, or one that it rests on, has expired${day(' (its own end: ', certificate.valid_to)}`,
      );
    case 'CERT_NOT_YET_VALID':
      return failed(
        'tls-untrusted',
        `the certificate is not valid yet${day(' (from ', certificate.valid_from)}; is this machine's clock right?`,
      );
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return failed('tls-name-mismatch', `the certificate is for ${names(certificate)}, not for this name`);
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return failed('tls-untrusted', 'the certificate is self-signed');
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return failed('tls-untrusted', "the certificate's authority is not a trusted one");
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return failed(
        'tls-untrusted',
        'the certificate cannot be traced to a trusted authority; the server may not send the intermediate one',
      );
    case 'CERT_REVOKED':
      return failed('tls-untrusted', 'the certificate has been revoked');
    default:
      return failed('tls-untrusted', `the certificate is not trusted (${code})`);
  }
}

function day(before: string, date: string | undefined): string {
  const ms = Date.parse(date ?? '');
  return Number.isNaN(ms) ? '' : `${before}${new Date(ms).toISOString().slice(0, 10)})`;
}

function names(certificate: Partial<PeerCertificate>): string {
  const listed = certificate.subjectaltname?.replaceAll(/(DNS|IP Address):/g, '') ?? certificate.subject?.CN;
  return String(listed ?? 'another name').slice(0, 120);
}

/** OpenSSL's own words where there are some: `wrong version number` means that the other side speaks no TLS. */
function handshakeReason(error: unknown): string {
  const reason = typeof error === 'object' && error !== null && 'reason' in error ? String(error.reason) : '';
  if (/wrong version number|packet length too long|http request/.test(reason))
    return 'the other side does not speak TLS on this port';
  return reason || errorCode(error) || 'no reason given';
}
