/** Bytes of a configuration file to text, or the first thing that makes them no text. */
import { isUtf8 } from 'node:buffer';

export type Decoded =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly line: number; readonly col: number; readonly message: string };

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\r(?!\n)/;

/** UTF-8 with or without a byte order mark, lines ended by LF or CRLF, no control characters but tab. */
export function decodeText(bytes: Uint8Array): Decoded {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { ok: false, line: 1, col: 1, message: 'the file is UTF-16; save it as UTF-8' };
  }
  if (!isUtf8(bytes)) {
    return { ok: false, line: firstBadLine(bytes), col: 1, message: 'this line is not valid UTF-8; save the file as UTF-8' };
  }
  const text = new TextDecoder().decode(bytes);
  const control = controlCharacter.exec(text);
  if (!control) return { ok: true, text };
  const before = text.slice(0, control.index).split('\n');
  const code = `U+${text.charCodeAt(control.index).toString(16).toUpperCase().padStart(4, '0')}`;
  const col = (before.at(-1)?.length ?? 0) + 1;
  return { ok: false, line: before.length, col, message: `the control character ${code} is not allowed; remove it` };
}

/** The control character that a text holds (after its escapes were read), as `U+0000`; null for none. */
export function controlCharacterIn(text: string): string | null {
  const found = controlCharacter.exec(text.replaceAll('\r\n', '\n'));
  return found ? `U+${found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}` : null;
}

function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    if (!isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
  return line;
}
