/**
 * A small office of network namespaces: the server (10.77.1.2) and its router (10.77.1.1), and behind that an internet
 * (203.0.113.2, with the addresses that diagnosis takes as references) and another site (10.88.0.2).
 */
import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Complaint, Diagnosis, Way } from '../../../src/core/diagnosis.ts';
import type { Settings } from '../../../src/diagnosis/looks/real-looks.ts';

export interface OfficeNetwork extends Disposable {
  /** Runs `ip` inside one of the namespaces. */
  ip(where: 'server' | 'router' | 'internet', ...args: readonly string[]): void;
  /** Makes one diagnosis on the server; `tookMs` without the start of its process. */
  diagnose(complaint: Complaint, way: Way, settings?: Settings): Promise<{ diagnosis: Diagnosis; tookMs: number }>;
}

const run = promisify(execFile);

/** Why there can be no such network here; null where there can. */
export function obstacle(): string | null {
  if (process.getuid?.() !== 0) return 'not root';
  const name = `incidentd-try-${process.pid}`;
  try {
    execFileSync('ip', ['netns', 'add', name], { stdio: 'pipe' });
    execFileSync('ip', ['netns', 'exec', name, 'true'], { stdio: 'pipe' });
    return null;
  } catch (error) {
    return `no network namespaces: ${String(error).split('\n')[0]}`;
  } finally {
    removeNamespace(name);
  }
}

export function officeNetwork(): OfficeNetwork {
  const names = { server: nameOf('server'), router: nameOf('router'), internet: nameOf('internet') };
  const ip: OfficeNetwork['ip'] = (where, ...args) => {
    execFileSync('ip', ['-n', names[where], ...args], { stdio: 'pipe' });
  };
  const network: OfficeNetwork = {
    ip,
    diagnose: async (complaint, way, settings) => {
      const order = JSON.stringify({ complaint, way, ...(settings && { settings }) });
      const script = join(import.meta.dirname, 'run-diagnosis.ts');
      const { stdout } = await run('ip', ['netns', 'exec', names.server, process.execPath, script, order]);
      return JSON.parse(stdout);
    },
    [Symbol.dispose]: () => {
      for (const name of Object.values(names)) removeNamespace(name);
    },
  };
  try {
    build(names, ip);
    return network;
  } catch (error) {
    network[Symbol.dispose]();
    throw error;
  }
}

function build(names: Readonly<Record<'server' | 'router' | 'internet', string>>, ip: OfficeNetwork['ip']): void {
  for (const name of Object.values(names)) execFileSync('ip', ['netns', 'add', name], { stdio: 'pipe' });
  ip('server', 'link', 'add', 'lan', 'type', 'veth', 'peer', 'name', 'lan', 'netns', names.router);
  ip('router', 'link', 'add', 'wan', 'type', 'veth', 'peer', 'name', 'wan', 'netns', names.internet);
  for (const [where, device, address] of [
    ['server', 'lan', '10.77.1.2/24'],
    ['router', 'lan', '10.77.1.1/24'],
    ['router', 'wan', '203.0.113.1/24'],
    ['internet', 'wan', '203.0.113.2/24'],
    ['internet', 'lo', '1.1.1.1/32'],
    ['internet', 'lo', '9.9.9.9/32'],
    ['internet', 'lo', '10.88.0.2/32'],
  ] as const) {
    ip(where, 'address', 'add', address, 'dev', device);
    ip(where, 'link', 'set', device, 'up');
  }
  ip('server', 'link', 'set', 'lo', 'up');
  ip('server', 'route', 'add', 'default', 'via', '10.77.1.1');
  ip('router', 'route', 'add', 'default', 'via', '203.0.113.2');
  ip('internet', 'route', 'add', '10.77.1.0/24', 'via', '203.0.113.1');
  execFileSync('ip', ['netns', 'exec', names.router, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward'], { stdio: 'pipe' });
}

function nameOf(role: string): string {
  return `incidentd-${process.pid}-${role}`;
}

function removeNamespace(name: string): void {
  try {
    execFileSync('ip', ['netns', 'del', name], { stdio: 'pipe' });
  } catch {
    // There is none of this name, or no `ip`.
  }
}
