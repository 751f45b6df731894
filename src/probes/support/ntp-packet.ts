/** The one packet that a client sends to a time server and the one that it gets back (RFC 5905 7.3, RFC 4330 5). */

export type NtpReply =
  /** Times in epoch ms, by the server's clock. */
  | { readonly kind: 'time'; readonly receivedMs: number; readonly sentMs: number; readonly stratum: number }
  /** It has no time itself. */
  | { readonly kind: 'unsynchronised' }
  /** It does not want to be asked; kiss-o'-death (RFC 5905 7.4). */
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'nonsense'; readonly text: string };

const packetLength = 48;
const clientMode = 3;
const serverMode = 4;
const version = 4;
const notSynchronised = 3;
const refusals: readonly string[] = ['DENY', 'RSTR', 'RATE'];

/** A question. `nonce`, 8 bytes of chance, stands for the time of sending, which is nobody's business; the answer repeats it. */
export function ntpQuestion(nonce: Buffer): Buffer {
  const packet = Buffer.alloc(packetLength);
  packet[0] = (version << 3) | clientMode;
  nonce.copy(packet, 40);
  return packet;
}

/** The nonce of the question that a packet answers; null when it is no answer of a time server. */
export function answeredNonce(packet: Buffer): string | null {
  const isAnswer = packet.length >= packetLength && ((packet[0] ?? 0) & 7) === serverMode;
  return isAnswer ? packet.toString('hex', 24, 32) : null;
}

/** What an answer says; `nowMs` tells which of the 136-year eras its times are in. */
export function readNtpReply(packet: Buffer, nowMs: number): NtpReply {
  const first = packet[0] ?? 0;
  const stratum = packet[1] ?? 0;
  const code = packet.toString('latin1', 12, 16);
  const spoken = (first >> 3) & 7;
  if (spoken < 1 || spoken > version) return { kind: 'nonsense', text: `it speaks version ${spoken} of the protocol` };
  if (stratum === 0 && refusals.includes(code)) return { kind: 'refused', code };
  if (first >> 6 === notSynchronised || stratum === 0 || stratum > 15) return { kind: 'unsynchronised' };
  if (packet.readBigUInt64BE(40) === 0n) return { kind: 'nonsense', text: 'there is no time in the answer' };
  return { kind: 'time', stratum, receivedMs: timeAt(packet, 32, nowMs), sentMs: timeAt(packet, 40, nowMs) };
}

const from1900To1970Ms = 2_208_988_800_000;
const eraMs = 2 ** 32 * 1000;

/** Seconds since 1900 and a fraction of 32 bits each, in the era that brings them nearest to `nowMs`. */
function timeAt(packet: Buffer, offset: number, nowMs: number): number {
  const inEraMs = (packet.readUInt32BE(offset) + packet.readUInt32BE(offset + 4) / 2 ** 32) * 1000 - from1900To1970Ms;
  return inEraMs + Math.round((nowMs - inEraMs) / eraMs) * eraMs;
}
