import { styleText } from 'node:util';
import { type Logger, pino, stdTimeFunctions } from 'pino';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
/** A constant sentence, and what differs from time to time. */
export type Log = (level: LogLevel, sentence: string, fields?: Readonly<Record<string, unknown>>) => void;

export interface LogOptions {
  /** One JSON object a line; else lines for people. */
  readonly json: boolean;
  /** Colours in lines for people. */
  readonly colour?: boolean;
  /** Takes whole lines; default standard output. */
  readonly write?: (line: string) => void;
}

const longestText = 2000;
const mostItems = 50;
const deepest = 6;

/**
 * A log on standard output. In JSON a line holds `time`, `level`, `msg` and the fields; a field of one of those names gets
 * an underscore at its end. Secrets print `***`, logins in URLs too; texts, lists and depth are cut.
 */
export function createLog({ json, colour = false, write = toStandardOutput }: LogOptions): Log {
  if (json) return jsonLog(write);
  return (level, sentence, fields = {}) => write(`${readableLine(level, sentence, plainFields(fields), colour)}\n`);
}

function toStandardOutput(line: string): void {
  process.stdout.write(line);
}

const ownNames: ReadonlySet<string> = new Set(['time', 'level', 'msg']);

function jsonLog(write: (line: string) => void): Log {
  const logger: Logger = pino(
    {
      base: null,
      level: 'debug',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  );
  return (level, sentence, fields = {}) => {
    const named = Object.entries(plainFields(fields)).map(([name, value]) => [ownNames.has(name) ? `${name}_` : name, value]);
    logger[level](Object.fromEntries(named), sentence);
  };
}

const colours = { debug: 'gray', info: 'green', warn: 'yellow', error: 'red' } as const;

/** `14:05:03 warn  the clock was set  byMs=3000` */
function readableLine(level: LogLevel, sentence: string, fields: Readonly<Record<string, unknown>>, colour: boolean): string {
  const time = new Date().toTimeString().slice(0, 8);
  const word = level.padEnd(5);
  const shown = colour ? styleText(colours[level], word, { validateStream: false }) : word;
  const rest = Object.entries(fields).map(([name, value]) => `${name}=${readable(value)}`);
  return [`${time} ${shown} ${sentence}`, ...rest].join('  ');
}

function readable(value: unknown): string {
  if (typeof value === 'string') return /[\s"=]/.test(value) || value === '' ? JSON.stringify(value) : value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(',');
  return JSON.stringify(value) ?? 'undefined';
}

function plainFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, plain(value, 0)]])),
  );
}

/** What JSON can hold, bounded. */
function plain(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cut(value);
  if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function') return String(value).slice(0, 80);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '…';
  if (value instanceof Error) return cut(`${value.name}: ${value.message}`);
  if (value instanceof Map) return plain(Object.fromEntries(value), depth);
  if ('toJSON' in value && typeof value.toJSON === 'function') return plain(value.toJSON(), depth + 1);
  if (Array.isArray(value)) return value.slice(0, mostItems).map((item: unknown) => plain(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, mostItems)
      .map(([name, inner]) => [name, plain(inner, depth + 1)]),
  );
}

function cut(text: string): string {
  const hidden = text.replace(/\/\/[^\s/@:]*:[^\s/@]+@/g, '//***@');
  return hidden.length > longestText ? `${hidden.slice(0, longestText - 1)}…` : hidden;
}
