/** OpenSSH's sshd on loopback, with a key and a configuration of its own. */
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, chownSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, listens, peerFolder, startPeer } from '../../net/support/peers.ts';

export const sshdProgram = '/usr/sbin/sshd';

export interface Sshd extends AsyncDisposable {
  readonly port: number;
  /** What it has logged so far. */
  log(): string;
}

/** Not as root, who would need a folder in `/run` for it. */
const nobody = 65_534;
const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];

function hostKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return privateKey.export({ type: 'sec1', format: 'pem' }).toString();
}

/** Starts it with these further lines of configuration. */
export async function sshd(...lines: readonly string[]): Promise<Sshd> {
  await using stack = new AsyncDisposableStack();
  const { path } = stack.use(peerFolder());
  const port = await freePort();
  const [key, config, log] = [join(path, 'key'), join(path, 'sshd_config'), join(path, 'log')];
  const isRoot = process.getuid?.() === 0;
  writeFileSync(key, hostKey(), { mode: 0o600 });
  writeFileSync(log, '');
  chmodSync(log, 0o666);
  if (isRoot) chownSync(key, nobody, nobody);
  const own = [`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${key}`, 'PidFile none', 'UsePAM no'];
  writeFileSync(config, `${[...own, ...lines].join('\n')}\n`);
  const [program, ...rest] = isRoot ? [...asNobody, sshdProgram] : [sshdProgram];
  stack.use(await startPeer([program ?? sshdProgram, ...rest, '-D', '-E', log, '-f', config], () => listens(port)));
  const moved = stack.move();
  return { port, log: () => readFileSync(log, 'utf8'), [Symbol.asyncDispose]: () => moved.disposeAsync() };
}
