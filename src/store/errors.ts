/** The state folder or a file in it cannot be used; the message says which, why and what to do, in one line. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

/** Another incidentd works on this state folder. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
}

/** The history could not do what was asked; nothing else is affected. */
export class HistoryError extends Error {
  override readonly name = 'HistoryError';
}

/** The system's code of a failed call, such as `ENOSPC`; empty where it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** SQLite's primary result code of a failed call; null where it has none. */
export function sqliteCodeOf(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null;
}

/** The primary result codes of SQLite that this program tells apart. */
export const sqliteCodes = { busy: 5, corrupt: 11, notDatabase: 26 } as const;

const explanations: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left (ENOSPC); free some space on that file system',
  EDQUOT: 'the disk quota is used up (EDQUOT); free some space or raise the quota',
  EROFS: 'the file system is read-only (EROFS); remount it writable, or name another folder with --state',
  EACCES: 'permission is denied (EACCES); give this user the folder, or name another with --state',
  EPERM: 'the operation is not permitted (EPERM); give this user the folder, or name another with --state',
  EIO: 'the disk reports an error (EIO); look at the kernel log (dmesg), and replace the disk if it persists',
};

/** What went wrong and what to do about it, as the end of a sentence. */
export function explain(error: unknown): string {
  const known = explanations[codeOf(error)];
  if (known !== undefined) return known;
  return error instanceof Error ? error.message : String(error);
}
