import { readFile } from 'node:fs/promises';
import { ping as probe } from '../../../probes/ping.ts';
import { type Finding, unclear, well, wrong } from '../finding.ts';
import type { Examination, Patient, User } from '../patient.ts';
import { lookForProgram } from '../programs.ts';
import { quoted } from '../quoted.ts';

const about = 'ping';
const withinMs = 4000;
const localhost = '127.0.0.1';

/** Whether this user can ping, by which `ping` checks and diagnosis look. Without such a check it is no mistake if not. */
export const ping: Examination = {
  name: 'ping',
  withinMs,
  examine: async (patient, signal) => {
    const isNeeded = [...(patient.configuration?.checks.values() ?? [])].some(({ rule }) => rule.kind === 'ping');
    const bad = (says: string, fix: string) =>
      isNeeded ? wrong(about, says, fix) : unclear(about, `${says} (no check needs it; diagnosis would)`, fix);
    const program = await lookForProgram('ping', patient.env.PATH);
    if (program.saw === 'missing') return [bad('the program ping is missing', 'apt install iputils-ping')];
    if (program.saw !== 'program')
      return [bad(`${program.path} may not be run by ${patient.user.name}`, `chmod a+rx ${quoted(program.path)}`)];
    return [await sent(program.path, patient, bad, signal)];
  },
};

async function sent(
  program: string,
  { user, now, places }: Patient,
  bad: (says: string, fix: string) => Finding,
  signal: AbortSignal,
): Promise<Finding> {
  const context = { signal, timeoutMs: withinMs - 500, now, timezone: 'UTC', beat: null };
  const { status, message } = await probe.run({ host: localhost, count: 1 }, context);
  if (status === 'up') return well(about, `${program} works as ${user.name}`);
  if (status !== 'unknown')
    return bad(
      `this machine does not answer itself: ${message}`,
      'ip addr show lo   # must be up, with 127.0.0.1/8\nip link set lo up',
    );
  return bad(`${program} may not send as ${user.name}`, await permission(program, user, places.pingGroups));
}

/** The line that opens ICMP sockets to a group of this user beside those that may use them (icmp(7)); or the program's own right. */
async function permission(program: string, { gid }: User, pingGroups: string): Promise<string> {
  const [low = 1, high = 0] = (await readFile(pingGroups, 'utf8').catch(() => '1 0')).trim().split(/\s+/).map(Number);
  const range = low <= high ? `${Math.min(low, gid)} ${Math.max(high, gid)}` : `${gid} ${gid}`;
  return [
    `echo 'net.ipv4.ping_group_range = ${range}' > /etc/sysctl.d/60-incidentd-ping.conf && sysctl --system   # as root, or:`,
    `setcap cap_net_raw+ep ${quoted(program)}   # as root, after apt install libcap2-bin`,
  ].join('\n');
}
