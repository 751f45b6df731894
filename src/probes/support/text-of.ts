/** What the other side said, as text: UTF-8 where it is that, else a character a byte. `isCut`: its last character may be half. */
export function textOf(bytes: Buffer, isCut = false): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return bytes.toString('latin1');
  }
}
