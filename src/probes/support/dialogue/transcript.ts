/** What was said in a dialogue, fit to be shown: cleaned, cut, without secrets. */
import { hide } from '../../../net/smtp-session.ts';
import { oneLine } from '../../../texts/clean.ts';

export interface Transcript {
  /** The end of it, a line each: `C:` was said by us, `S:` by the other side. */
  readonly lines: readonly string[];
  add(who: 'C' | 'S', text: string): void;
  /** What the other side said, between quotation marks, for a message. */
  quote(text: string): string;
}

const linesLimit = 12;
const lineLength = 160;
const quoteLength = 120;
/** What is cleaned before it is cut; a secret must not survive as a half. */
const cleanLimit = 16_384;

/** Starts a transcript in which none of `secrets` shows, plain or in base64. */
export function startTranscript(secrets: readonly string[]): Transcript {
  const lines: string[] = [];
  // Hidden twice: cleaning may put a secret together that a control character had taken apart, or take one apart.
  const shown = (text: string, limit: number) => oneLine(hide(oneLine(hide(text, secrets), cleanLimit), secrets), limit);
  return {
    lines,
    add: (who, text) => {
      lines.push(`${who}: ${shown(text, lineLength)}`.trim());
      if (lines.length > linesLimit) lines.shift();
    },
    quote: (text) => `"${shown(text, quoteLength)}"`,
  };
}
