import type { Stats } from 'node:fs';

const words: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'permission denied; let the user that runs incidentd read it',
  EPERM: 'permission denied; let the user that runs incidentd read it',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
};

/** Why a file could not be read, in plain words. */
export function readFailure(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return words[code ?? ''] ?? message;
}

/** Whether every user of the machine can read the file. */
export function readableByAll(stats: Stats): boolean {
  return (stats.mode & 0o004) !== 0;
}
