/** Replies of which every line begins with a code of three digits. */
import type { Dialogue, Said } from './dialogue.ts';
import { notSpoken, type Trouble } from './trouble.ts';

/** A reply of one or more lines; `text` is all of it, as it was said. */
export interface Reply extends Said {
  readonly code: number;
  /** Without the codes. */
  readonly lines: readonly string[];
}

/** The next reply (RFC 5321 4.2.1). `awaited` is as for `Dialogue.hear`. */
export async function hearReply(protocol: string, dialogue: Dialogue, awaited: string): Promise<Reply | Trouble> {
  const lines: string[] = [];
  let code: string | undefined;
  for (;;) {
    const line = await dialogue.hear(awaited);
    if (!line.ok) return line;
    const [, found, hyphen, text = ''] = /^([2-5]\d\d)(?:([ -])(.*))?$/s.exec(line.text) ?? [];
    if (found === undefined || (code ?? found) !== found) return notSpoken(protocol, dialogue, line.text);
    code = found;
    lines.push(text);
    if (hyphen !== '-') return { ok: true, code: Number(code), lines, text: `${code} ${lines.join(' ')}` };
  }
}
