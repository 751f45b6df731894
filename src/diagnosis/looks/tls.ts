/** The TLS handshake, judged as the check judges it. */
import { readFile, stat } from 'node:fs/promises';
import { dayOf, epochMs } from '../../net/certificate-path.ts';
import { connectTo } from '../../net/connect.ts';
import type { FailureCode } from '../../net/failure.ts';
import { type Secured, secure } from '../../net/tls.ts';
import type { Target } from '../looks.ts';
import type { Sight, Word } from '../vocabulary.ts';
import { known } from './port.ts';

const patienceMs = 1700;
const authoritiesLimit = 1_048_576;

const meanings: Partial<Readonly<Record<FailureCode, Word<'tls'>>>> = {
  'tls-expired': 'expired',
  'tls-untrusted': 'untrusted',
  'tls-name-mismatch': 'other-name',
  'tls-handshake': 'broken',
  timeout: 'silent',
};

export async function lookAtTls(target: Target, signal: AbortSignal): Promise<Sight<'tls'>> {
  const { way } = target;
  const { name, ca: path, insecure } = way.trust ?? {};
  const subject = name ?? way.host;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  const ca = path === undefined ? undefined : await authorities(path, patience);
  if (ca === null) return { saw: 'unclear', subject, detail: `${path} cannot be read` };
  const connected = await connectTo({ host: way.host, port: way.port ?? 443, signal: patience, resolver: known(target) });
  if (!connected.ok) return { saw: 'unclear', subject, detail: connected.text };
  try {
    const secured = await secure(connected.socket, way.host, { ca, insecure, servername: name }, patience);
    return { ...judge(secured, signal), subject };
  } finally {
    connected.socket.destroy();
  }
}

function judge(secured: Secured, signal: AbortSignal): Omit<Sight<'tls'>, 'subject'> {
  if (!secured.ok) {
    const saw = (signal.aborted ? undefined : meanings[secured.failure]) ?? 'unclear';
    return { saw, detail: secured.text };
  }
  const leaf = secured.socket.getPeerX509Certificate();
  const until = leaf === undefined ? '' : `, certificate until ${dayOf(epochMs(leaf.validToDate))}`;
  return { saw: 'good', detail: `${secured.socket.getProtocol() ?? 'TLS'}${until}` };
}

async function authorities(path: string, signal: AbortSignal): Promise<string | null> {
  try {
    const { size } = await stat(path);
    return size > authoritiesLimit ? null : await readFile(path, { encoding: 'latin1', signal });
  } catch {
    return null;
  }
}
