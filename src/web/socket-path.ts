import { join, relative } from 'node:path';

/** Linux has 108 bytes for the address of a Unix socket, the closing zero among them (unix(7)). */
const longestPath = 107;

/** Where the daemon of a state folder listens. */
export function socketOf(folder: string): string {
  return join(folder, 'control.sock');
}

/** A Unix socket that cannot be used; the message says why and what to do, in one line. */
export class SocketError extends Error {
  override readonly name = 'SocketError';
}

/** The path, or its shorter form relative to the working folder where the system would not take it; throws a `SocketError` where both are too long. */
export function usablePath(path: string): string {
  const usable = [path, relative(process.cwd(), path)].find((form) => Buffer.byteLength(form) <= longestPath);
  if (usable !== undefined) return usable;
  throw new SocketError(
    `${path} is too long for a Unix socket (${longestPath} bytes); name a folder with a shorter path with --state`,
  );
}
