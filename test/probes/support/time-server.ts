/** What time servers answer: as they should, or with something changed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ntp } from '../../../src/probes/ntp.ts';
import { freePort, peerFolder, startPeer } from '../../net/support/peers.ts';
import { look } from './look.ts';

export const chronyProgram = '/usr/sbin/chronyd';

/** chronyd on loopback, which leaves this machine's clock alone. */
export async function chronyd(...lines: readonly string[]): Promise<{ readonly port: number } & AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const { path } = stack.use(peerFolder());
  const port = await freePort();
  const config = [`port ${port}`, 'cmdport 0', 'bindaddress 127.0.0.1', `pidfile ${path}/pid`, 'allow 127.0.0.1', ...lines];
  writeFileSync(join(path, 'chrony.conf'), `${config.join('\n')}\n`);
  const user = process.getuid?.() === 0 ? ['-u', 'root'] : ['-U'];
  const isReady = async () => (await look(ntp, `127.0.0.1:${port}`, {}, { timeoutMs: 300 })).status !== 'down';
  stack.use(await startPeer([chronyProgram, '-d', '-x', ...user, '-f', join(path, 'chrony.conf')], isReady));
  const moved = stack.move();
  return { port, [Symbol.asyncDispose]: () => moved.disposeAsync() };
}

export interface NtpFields {
  /** How far the server's clock is ahead. */
  readonly aheadMs?: number;
  readonly leap?: number;
  readonly version?: number;
  readonly mode?: number;
  readonly stratum?: number;
  /** Four letters. */
  readonly reference?: string;
  readonly nonce?: Buffer;
  /** How long it says that it took to answer. */
  readonly workMs?: number;
  readonly isEmpty?: boolean;
}

/** The answer to a question; by default a good one of stratum 2. */
export function ntpAnswer(question: Buffer, fields: NtpFields = {}): Buffer {
  const { aheadMs = 0, leap = 0, version = 4, mode = 4, stratum = 2, reference = 'GPS\0', workMs = 0, isEmpty = false } = fields;
  const packet = Buffer.alloc(48);
  packet[0] = (leap << 6) | (version << 3) | mode;
  packet[1] = stratum;
  packet.write(reference, 12, 'latin1');
  (fields.nonce ?? question.subarray(40, 48)).copy(packet, 24);
  if (isEmpty) return packet;
  const now = Number(Temporal.Now.instant().epochNanoseconds) / 1e6 + aheadMs;
  writeTime(packet, 32, now - workMs);
  writeTime(packet, 40, now);
  return packet;
}

function writeTime(packet: Buffer, offset: number, epochMs: number): void {
  const seconds = epochMs / 1000 + 2_208_988_800;
  packet.writeUInt32BE(Math.floor(seconds) % 2 ** 32, offset);
  packet.writeUInt32BE(Math.floor((seconds % 1) * 2 ** 32), offset + 4);
}
