import { constants, type Stats } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { formatSize } from '../../../lib/duration.ts';
import { readHistory } from '../../../store/history-reader.ts';
import { readLiveRecord } from '../../../store/live-record.ts';
import { oneLine } from '../../../texts/clean.ts';
import { socketOf, usablePath } from '../../../web/socket-path.ts';
import { type Finding, unclear, well, wrong } from '../finding.ts';
import type { Examination, User } from '../patient.ts';
import { quoted } from '../quoted.ts';

const leastBytes = 100_000_000;
const leastFiles = 1000;

/** Whether the state folder can be written, is this user's own, has room, and holds what can be read. */
export const stateFolder: Examination = {
  name: 'state folder',
  withinMs: 5000,
  examine: async ({ folder: named, user }) => {
    const folder = resolve(named);
    const stats = await statsOf(folder);
    if (stats === null) return [await creatable(folder, user), ...(await room(await nearest(folder)))];
    if (!stats.isDirectory()) return [wrong(folder, 'is not a folder', `mv ${quoted(folder)} ${quoted(`${folder}.old`)}`)];
    const usable = await usableBy(folder, stats, user);
    const content = usable.ok === 'yes' ? await Promise.all([record(folder), history(folder)]) : [];
    return [usable, ...modes(folder, stats), ...(await room(folder)), ...socket(folder), ...content];
  },
};

/** Null where nothing is there; what cannot be looked at is as good as that. */
function statsOf(path: string): Promise<Stats | null> {
  return stat(path).catch(() => null);
}

async function nearest(folder: string): Promise<string> {
  const above = dirname(folder);
  return above === folder || (await statsOf(above)) !== null ? above : nearest(above);
}

async function creatable(folder: string, { name }: User): Promise<Finding> {
  const above = await nearest(folder);
  if (await isAllowed(above, constants.W_OK | constants.X_OK)) return well(folder, 'is not there yet; run creates it');
  const create = `install -d -m 700 -o ${name} ${quoted(folder)}   # as root`;
  return wrong(folder, `is not there, and ${name} may not create it in ${above}`, create);
}

async function usableBy(folder: string, stats: Stats, { name, uid }: User): Promise<Finding> {
  if (stats.uid !== uid) {
    const fix = `sudo -u '#${stats.uid}' incidentd doctor   # as the user of the daemon, or give the folder to ${name}:\nchown -R ${name} ${quoted(folder)}`;
    return wrong(folder, `belongs to user ${stats.uid}, and this is ${name} (${uid})`, fix);
  }
  if (await isAllowed(folder, constants.R_OK | constants.W_OK | constants.X_OK))
    return well(folder, `belongs to ${name} and can be written`);
  return wrong(
    folder,
    `may not be read and written by ${name}`,
    `chmod u+rwx ${quoted(folder)}\nfindmnt -T ${quoted(folder)}   # "ro" there means that the file system is read-only`,
  );
}

function modes(folder: string, { mode }: Stats): readonly Finding[] {
  const shown = (mode & 0o777).toString(8);
  if ((mode & 0o022) !== 0)
    return [wrong(folder, `other users can write into it (mode ${shown})`, `chmod go-w ${quoted(folder)}`)];
  return (mode & 0o055) === 0
    ? []
    : [unclear(folder, `other users can see what is in it (mode ${shown})`, `chmod 700 ${quoted(folder)}`)];
}

async function room(folder: string): Promise<readonly Finding[]> {
  const { bavail, bsize, files, ffree } = await statfs(folder);
  const bytes = bavail * bsize;
  const about = 'free space';
  const fix = `du -xh ${quoted(folder)} / 2>/dev/null | sort -h | tail -20   # shows what to remove`;
  if (bytes < leastBytes) return [wrong(about, `${formatSize(bytes)} are left on the file system of ${folder}`, fix)];
  if (files > 0 && ffree < leastFiles)
    return [
      wrong(
        about,
        `the file system of ${folder} has room for ${ffree} files only`,
        `df -i ${quoted(folder)}   # remove many small files`,
      ),
    ];
  return [well(about, `${formatSize(bytes)} on the file system of ${folder}`)];
}

function socket(folder: string): readonly Finding[] {
  try {
    usablePath(socketOf(folder));
    return [];
  } catch (error) {
    return [wrong(folder, reason(error), 'incidentd run --state FOLDER   # with a shorter path')];
  }
}

async function record(folder: string): Promise<Finding> {
  try {
    const found = await readLiveRecord(folder);
    return found === null
      ? well('record', 'nothing is recorded yet')
      : well('record', `can be read: ${found.incidents.size} incidents not yet closed`);
  } catch (error) {
    return wrong('record', reason(error), `ls -l ${quoted(folder)}   # record.json.1 to record.json.3 are the states before`);
  }
}

async function history(folder: string): Promise<Finding> {
  try {
    using reader = readHistory(folder);
    if (reader === null) return well('history', 'nothing is in it yet');
    const newest = reader.incidents({ limit: 1 })[0];
    return well('history', newest === undefined ? 'can be read' : `can be read, up to ${newest.incident.id}`);
  } catch (error) {
    return wrong(
      'history',
      reason(error),
      `ls -l ${quoted(folder)}   # a damaged history.db is set aside by run, and begun anew`,
    );
  }
}

function reason(error: unknown): string {
  return oneLine(error instanceof Error ? error.message : String(error));
}

async function isAllowed(path: string, mode: number): Promise<boolean> {
  return await access(path, mode).then(
    () => true,
    () => false,
  );
}
