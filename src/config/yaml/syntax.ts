/** A YAML document with its mistakes of syntax, each where a person must look. */
import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml';
import { closing, type Unclosed, unclosedIn } from './unclosed.ts';

export interface Mistake {
  readonly code: YAMLError['code'];
  readonly offset: number;
  readonly message: string;
}

export interface Syntax {
  readonly text: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  /** In order of the text. */
  readonly mistakes: readonly Mistake[];
}

/** Reads YAML 1.2. Never throws. */
export function readSyntax(text: string): Syntax {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true, uniqueKeys: false });
  const errors = [...document.errors, ...document.warnings].filter((error) => error.code !== 'TAG_RESOLVE_FAILED').map(inWords);
  const version = document.directives.yaml.version === '1.1' ? [versionMistake] : [];
  const mistakes = errors.length === 0 ? version : [...withOpenings(errors, text), ...version];
  return { text, document, lines, mistakes: mistakes.toSorted((one, other) => one.offset - other.offset) };
}

/** The structure stays known all the same. */
export function isHarmless({ code }: Mistake): boolean {
  return code === 'NON_STRING_KEY';
}

/** YAML 1.1 reads `no` as false and `08:00` as a number. */
const versionMistake: Mistake = {
  code: 'BAD_DIRECTIVE',
  offset: 0,
  message: 'this file asks for YAML 1.1; remove the %YAML line, YAML 1.2 is read',
};

const plainWords: Partial<Record<YAMLError['code'], string>> = {
  MULTIPLE_DOCS: 'the file holds several documents; remove the line "---" or use `include:` with several files',
  RESOURCE_EXHAUSTION: 'nested too deeply',
  NON_STRING_KEY: 'a key must be text, not a list or a map',
  BLOCK_AS_IMPLICIT_KEY: 'a second ": " in this line, or a wrong indentation; put texts that contain ": " in quotes',
};

function inWords({ code, pos, message }: YAMLError): Mistake {
  const lowered = message.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
  return { code, offset: Math.max(0, pos[0]), message: plainWords[code] ?? lowered };
}

const missesEnd = /^(?:missing closing ["']|flow (?:map|sequence) .*end with a [\]}])/;

/** The parser misses an end where the text goes on; the person must look where the beginning stands. */
function withOpenings(errors: readonly Mistake[], text: string): readonly Mistake[] {
  const { unclosed, understoodTo } = unclosedIn(text);
  if (unclosed.length === 0) return errors;
  const openings = new Set(unclosed.map(({ offset }) => offset));
  const others = errors.filter(({ code, offset, message }) => {
    if (code === 'RESOURCE_EXHAUSTION') return true;
    return offset < understoodTo && !openings.has(offset) && !missesEnd.test(message);
  });
  return [...others, ...unclosed.map(openingMistake)];
}

function openingMistake({ offset, opening }: Unclosed): Mistake {
  const end = closing[opening];
  if (end === opening) {
    const message = `the quote that begins here is never closed; write another ${end} where the text ends`;
    return { code: 'MISSING_CHAR', offset, message };
  }
  const what = opening === '{' ? 'map' : 'list';
  return {
    code: 'MISSING_CHAR',
    offset,
    message: `the ${opening} that begins here is never closed; write ${end} where the ${what} ends`,
  };
}
