/** Real servers from Debian packages, started by a test on loopback with a configuration of its own. */
import { spawn } from 'node:child_process';
import { accessSync, chmodSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe } from 'vitest';

/** `describe` where `program` (an absolute path) is installed; else the title says which Debian package brings it. */
export function describeWith(program: string, debianPackage: string, title: string, body: () => void): void {
  if (isExecutable(program)) describe(title, body);
  else describe.skip(`${title} (skipped: apt-get install ${debianPackage})`, body);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A folder for a server's configuration and files; `0755`, for servers that give up root. Goes away with the block. */
export function peerFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'peer-'));
  chmodSync(path, 0o755);
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** A TCP port of loopback that was free a moment ago, for servers that cannot be told to take any. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/**
 * Starts a server in the foreground and waits until `ready` says so, ten seconds at most; then throws what it printed. It is
 * ended with its process group at the end of the block.
 */
export async function startPeer(argv: readonly [string, ...string[]], ready: () => Promise<boolean>): Promise<AsyncDisposable> {
  const [program, ...rest] = argv;
  const child = spawn(program, rest, { cwd: '/', detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
    });
  }
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  const peer = { [Symbol.asyncDispose]: () => end(child.pid, ended) };
  const deadline = performance.now() + 10_000;
  while (!(await ready())) {
    if (performance.now() < deadline && child.exitCode === null && child.pid !== undefined) {
      await wait(30);
      continue;
    }
    await peer[Symbol.asyncDispose]();
    throw new Error(`${argv.join(' ')} did not start: ${said}`);
  }
  return peer;
}

async function end(pid: number | undefined, ended: Promise<void>): Promise<void> {
  if (pid === undefined) return;
  kill(pid, 'SIGTERM');
  await Promise.race([ended, wait(2000)]);
  kill(pid, 'SIGKILL');
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Ended by itself.
  }
}

/** True once something accepts connections on the port of loopback. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
