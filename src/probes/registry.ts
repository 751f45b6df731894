import { certFile } from './cert-file.ts';
import { command } from './command.ts';
import type { Probe } from './contract.ts';
import { disk } from './disk.ts';
import { dns } from './dns.ts';
import { file } from './file.ts';
import { heartbeat } from './heartbeat.ts';
import { http } from './http.ts';
import { imap } from './imap.ts';
import { load } from './load.ts';
import { memory } from './memory.ts';
import { ntp } from './ntp.ts';
import { ping } from './ping.ts';
import { pop3 } from './pop3.ts';
import { portClosed } from './port-closed.ts';
import { process } from './process.ts';
import { smtp } from './smtp.ts';
import { ssh } from './ssh.ts';
import { systemd } from './systemd.ts';
import { tcp } from './tcp.ts';
import { tls } from './tls.ts';
import { udp } from './udp.ts';

/** Every check kind, one line each. Their options are known to themselves only: `schema` makes them, `run` takes them. */
export const probes: readonly Probe[] = [
  http,
  ping,
  tcp,
  command,
  disk,
  file,
  memory,
  load,
  process,
  systemd,
  heartbeat,
  dns,
  ntp,
  udp,
  portClosed,
  ssh,
  smtp,
  imap,
  pop3,
  tls,
  certFile,
];

const byKind: ReadonlyMap<string, Probe> = new Map(probes.map((probe) => [probe.kind, probe]));

/** The kind that YAML calls `kind`. */
export function probeOf(kind: string): Probe | undefined {
  return byKind.get(kind);
}
