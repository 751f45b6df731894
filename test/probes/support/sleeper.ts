/** Programs of the tests that run until the end of the block. */
import { spawn } from 'node:child_process';
import { scriptFolder } from '../../net/support/scripts.ts';

export interface Sleeper extends Disposable {
  readonly pid: number;
}

/** Starts a script of this name with these arguments, and waits until the kernel knows it by that name. */
export async function sleeper(name: string, args: readonly string[] = []): Promise<Sleeper> {
  const scripts = scriptFolder();
  const child = spawn(scripts.add(name, 'echo ready; read -r line'), args, { detached: true, stdio: 'pipe' });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const pid = child.pid ?? 0;
  return {
    pid,
    [Symbol.dispose]: () => {
      globalThis.process.kill(-pid, 'SIGKILL');
      child.stdin.destroy();
      child.stdout.destroy();
      child.stderr.destroy();
      scripts[Symbol.dispose]();
    },
  };
}
