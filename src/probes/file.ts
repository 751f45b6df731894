import { dirname } from 'node:path';
import { parseMoment } from '../core/calendar/moments.ts';
import { localAt } from '../core/calendar/zone.ts';
import type { Measure, Observation } from '../core/observation.ts';
import { formatDuration, formatSize, parseDuration, parseSize } from '../lib/duration.ts';
import { isSecret, revealed } from '../lib/secret.ts';
import { defineProbe, down, type Probe, type ProbeContext, TargetError, type Typed, unknown, up } from './contract.ts';
import { askOnce } from './support/file-system.ts';
import { dueAt } from './support/files/due.ts';
import { type FileOptions, fileOptions } from './support/files/file-options.ts';
import { newestFile, type SeenFile } from './support/files/newest-file.ts';
import { hasWildcard } from './support/files/wildcard.ts';
import { oneWord, shown } from './support/target.ts';

const expected = 'a path from the root such as /srv/backup/last.ok or /srv/backup/*.tar.gz';
/** How far clocks of file servers may be ahead of ours. */
const skewMs = 5 * 60_000;

/** Watches whether a file of this machine is there, and new enough. */
export const file: Probe<FileOptions> = defineProbe<FileOptions>({
  kind: 'file',
  summary:
    'Looks when a file of this machine was last written, and how large it is; backups that write a new name each day are watched by a pattern such as `/srv/backup/*.tar.gz`, of which the newest counts. A missing file is down',
  category: 'backup',
  local: true,
  schema: fileOptions,
  measures: [
    { name: 'age', unit: 'ms', sort: 'current', worse: 'above', main: true, about: 'time since the file was last written' },
    { name: 'size', unit: 'bytes', sort: 'forewarning', worse: 'above', about: 'size of the file, for those that must not grow' },
  ],
  target,
  describe: (options) => shown(options.path),
  run,
  sentences: {
    outdated: { en: 'the expected file is missing or too old', de: 'die erwartete Datei fehlt oder ist zu alt' },
    content: {
      en: 'a file is too small, or is there though it should not be',
      de: 'eine Datei ist zu klein oder liegt da, obwohl es sie nicht geben dürfte',
    },
    threshold: { en: 'a file has grown too large', de: 'eine Datei ist zu groß geworden' },
    timeout: { en: 'the drive that its file is on does not answer', de: 'das Laufwerk mit der Datei antwortet nicht' },
  },
  firstSteps: {
    content: {
      en: 'Look at the file, and at the log of the job that writes it.',
      de: 'Die Datei ansehen und ins Protokoll des Auftrags schauen, der sie schreibt.',
    },
    timeout: {
      en: 'Look whether the disk or the file server that it is on still works.',
      de: 'Nachsehen, ob die Festplatte oder der Dateiserver noch läuft.',
    },
  },
  example: `- file: /srv/backup/last.ok
  expect: Mon-Fri 06:00
  grace: 2h
- file: /srv/backup/*.tar.gz
  min_size: 100MiB
  warning: 26h
- file: /var/run/import.lock
  exists: false`,
});

function target(typed: Typed): { readonly path: FileOptions['path'] } {
  const path = oneWord(typed, expected);
  if (path === null) throw new TargetError(`file needs ${expected}`);
  const text = revealed(path);
  if (!isSecret(path) && text.includes('**')) throw new TargetError('`**` is not known; write a `*` for each level of folders');
  if (!text.startsWith('/')) throw new TargetError(`expected ${expected}, found "${shown(path)}"`);
  return { path };
}

async function run(options: FileOptions, { signal, now, timezone, timeoutMs }: ProbeContext): Promise<Observation> {
  const pattern = revealed(options.path);
  const answer = await askOnce(`file ${pattern}`, signal, () => newestFile(pattern, timeoutMs * 0.9));
  switch (answer.how) {
    case 'answered':
      return judge(options, answer.value, now, timezone);
    case 'silent':
      return down('timeout', `the file system at ${shown(options.path)} does not answer; a network mount may be hanging`);
    case 'refused':
      return unknown(refusal(options, answer));
    case 'not-asked':
      return unknown(`${shown(options.path)} was not looked at: there was no time, or other file systems hang`);
  }
}

function refusal(options: FileOptions, { code, path: place }: { readonly code: string; readonly path?: string }): string {
  const path = shown(options.path);
  if (code === 'EACCES' || code === 'EPERM') {
    const folder = place === undefined || isSecret(options.path) ? 'FOLDER' : folderOf(place, revealed(options.path));
    return `this user may not look at ${path}; let it into the folders on the way, such as by: setfacl -m u:USER:rx ${folder} (${code})`;
  }
  if (code === 'E2BIG')
    return `the folders of ${path} hold more names than can be looked at in its time (50,000 at most); write a narrower pattern, remove old files, or give the check a longer timeout`;
  return `${path} cannot be looked at (${code})`;
}

/** The folder that kept us out: it was to be listed where it is on the way of a pattern, else it holds what was asked for. */
function folderOf(place: string, pattern: string): string {
  return place.split('/').length < pattern.split('/').length ? place : dirname(place);
}

/** What the newest file (null: there is none) means at `now`. */
export function judge(options: FileOptions, seen: SeenFile | null, now: number, timezone: string): Observation {
  const path = shown(options.path);
  if (!options.exists) return seen === null ? up(`there is no ${path}, as it should be`) : unwanted(options, seen, now);
  if (seen === null)
    return down('outdated', hasWildcard(revealed(options.path)) ? `no file has a name like ${path}` : `there is no ${path}`);
  const name = isSecret(options.path) ? path : seen.path;
  const age = ageOf(seen, now);
  if (seen.writtenAt > now + skewMs)
    return unknown(`${name} was written in the future (${dateAt(seen.writtenAt, timezone)}); set the clock of whoever writes it`);
  const measures: Measure[] = [{ name: 'age', value: age, unit: 'ms' }];
  if (seen.size !== null) measures.push({ name: 'size', value: seen.size, unit: 'bytes' });
  const size = seen.size === null ? '' : `, ${formatSize(seen.size)}`;
  const late = lateness(options, seen.writtenAt, now, timezone);
  if (late !== null) return down('outdated', `${name} was last written ${formatDuration(age)} ago, ${late}`, measures);
  const wanted = options.min_size === undefined ? null : (parseSize(options.min_size) ?? 0);
  if (wanted !== null && seen.size === null) return unknown(`${name} is no regular file and has no size; leave min_size out`);
  if (wanted !== null && (seen.size ?? 0) < wanted)
    return down('content', `${name} has only ${formatSize(seen.size ?? 0)}, expected ${options.min_size} at least`, measures);
  return up(`${name} was written ${formatDuration(age)} ago${size}`, measures);
}

function unwanted({ path }: FileOptions, seen: SeenFile, now: number): Observation {
  const more = seen.matches > 1 ? ` (${seen.matches} files, this is the newest)` : '';
  const name = isSecret(path) ? shown(path) : seen.path;
  return down('content', `${name} exists, written ${formatDuration(ageOf(seen, now))} ago, and should not${more}`);
}

/** By when it should have been written, where that has not happened. */
function lateness({ expect, grace }: FileOptions, writtenAt: number, now: number, timezone: string): string | null {
  if (expect === undefined) return null;
  const moments = [expect].flat().flatMap((text) => parseMoment(text) ?? []);
  const due = dueAt(now, moments, grace === undefined ? 0 : (parseDuration(grace) ?? 0), timezone);
  if (due === null || writtenAt > due.after) return null;
  return `expected anew by ${dateAt(due.at, timezone)}${grace === undefined ? '' : ` (at the latest ${grace} later)`}`;
}

function ageOf(seen: SeenFile, now: number): number {
  return Math.max(0, Math.round(now - seen.writtenAt));
}

/** `Mon 2026-11-02 06:00` in the site's time zone. */
function dateAt(instant: number, timezone: string): string {
  const local = new Date(localAt(instant, timezone));
  return `${local.toUTCString().slice(0, 3)} ${local.toISOString().slice(0, 16).replace('T', ' ')}`;
}
