/** BIND's named on loopback with zones of its own. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, listens, peerFolder, startPeer } from '../../net/support/peers.ts';

export const namedProgram = '/usr/sbin/named';

/** Starts it with the records of each zone; gives `127.0.0.1:port`. A zone whose records make no sense is answered with SERVFAIL. */
export async function named(
  zones: Readonly<Record<string, readonly string[]>>,
): Promise<{ readonly server: string } & AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(peerFolder());
  const port = await freePort();
  const options = [
    `directory "${folder.path}"; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };`,
    'recursion no; pid-file none; session-keyfile none; dnssec-validation no; notify no;',
  ];
  const config = [`options { ${options.join(' ')} };`, 'controls {};'];
  for (const [zone, records] of Object.entries(zones)) {
    const soa = `@ 60 IN SOA ns1.${zone}. hostmaster.${zone}. 2026010101 3600 600 86400 60`;
    writeFileSync(join(folder.path, zone), `$TTL 60\n${[soa, '@ NS ns1', 'ns1 A 127.0.0.1', ...records].join('\n')}\n`);
    config.push(`zone "${zone}" { type primary; file "${zone}"; check-names ignore; };`);
  }
  const path = join(folder.path, 'named.conf');
  writeFileSync(path, config.join('\n'));
  stack.use(await startPeer([namedProgram, '-g', '-n', '1', '-c', path], () => listens(port)));
  const moved = stack.move();
  return { server: `127.0.0.1:${port}`, [Symbol.asyncDispose]: () => moved.disposeAsync() };
}
