/** Every file of Debian's monitoring-plugins-basic with arguments, and what a check of kind `command` makes of its answer. */
import type { Status } from '../../../src/core/observation.ts';
import type { PluginPeers } from './plugin-peers.ts';

export interface PluginRow {
  readonly plugin: string;
  readonly status: Status;
  /** What its first line must be like. */
  readonly says: RegExp;
  /** Names of measures from its performance data, in order. */
  readonly measures: readonly string[];
  readonly needsRoot: boolean;
  argv(peers: PluginPeers): readonly string[];
}

type Argv = readonly string[] | ((peers: PluginPeers) => readonly string[]);

function row(plugin: string, argv: Argv, status: Status, says: RegExp, measures: readonly string[] = []): PluginRow {
  return { plugin, argv: typeof argv === 'function' ? argv : () => argv, status, says, measures, needsRoot: false };
}

/** Raw sockets are root's. */
function rootRow(...args: Parameters<typeof row>): PluginRow {
  return { ...row(...args), needsRoot: true };
}

const local = ['-H', '127.0.0.1'];
/** The command line of a plugin that asks the port where `name` answers. */
function at(name: string, ...more: readonly string[]): Argv {
  return (peers) => [...local, '-p', peers.ports[name] ?? '', ...more];
}

const mrtg = (peers: PluginPeers) => {
  const now = Math.floor(Date.now() / 1000);
  return ['-F', peers.file('mrtg.log', `${now} 1000 2000\n${now} 10 20 30 40\n${now - 300} 10 20 30 40\n`)];
};

const machine: readonly PluginRow[] = [
  row('check_dummy', ['0', 'fine'], 'up', /^OK: fine$/),
  row('check_dummy', ['1', 'hm'], 'degraded', /^WARNING: hm$/),
  row('check_dummy', ['2', 'no'], 'down', /^CRITICAL: no$/),
  row('check_dummy', ['3', 'who knows'], 'unknown', /^UNKNOWN: who knows$/),
  row('check_load', ['-w', '9e4,9e4,9e4', '-c', '9e5,9e5,9e5'], 'up', /^LOAD OK - total load average: /, [
    'load1',
    'load5',
    'load15',
  ]),
  row('check_load', ['-w', 'x', '-c', 'y'], 'unknown', /^Warning threshold must be float or float triplet!/),
  row('check_disk', ['-w', '0%', '-c', '0%', '-p', '/'], 'up', /^DISK OK - free space: \//, ['/']),
  row('check_disk', ['-w', '100%', '-c', '0%', '-p', '/'], 'degraded', /^DISK WARNING - free space/, ['/']),
  row('check_disk', ['-w', '100%', '-c', '100%', '-p', '/'], 'down', /^DISK CRITICAL - free space/, ['/']),
  row('check_disk', ['-w', '1%', '-c', '1%', '-p', '/nowhere'], 'down', /^DISK CRITICAL - \/nowhere is not accessible/),
  row('check_swap', ['-n', 'ok', '-w', '2%', '-c', '1%'], 'up', /^SWAP OK/, ['swap']),
  row('check_procs', ['-w', '1:4000000'], 'up', /^PROCS OK: \d+ processes/, ['procs']),
  row('check_procs', ['-w', '4000000:'], 'degraded', /^PROCS WARNING/, ['procs']),
  row('check_procs', ['-c', '1:', '-C', 'no-such-program'], 'down', /^PROCS CRITICAL: 0 processes with command name/, ['procs']),
  row('check_users', ['-w', '9999', '-c', '99999'], 'up', /^USERS OK - \d+ users currently logged in/, ['users']),
  row('check_users', [], 'unknown', /^Usage:/),
  row('check_apt', ({ file }) => [`--input-file=${file('apt', '')}`], 'up', /^APT OK: 0 packages/, [
    'available_upgrades',
    'critical_updates',
  ]),
  row(
    'check_apt',
    ({ file }) => [`--input-file=${file('apt', 'Inst libc6 [1] (2 Debian:12/stable [amd64])\n')}`],
    'degraded',
    /^APT WARNING: 1 packages/,
    ['available_upgrades', 'critical_updates'],
  ),
  row(
    'check_apt',
    ({ file }) => [`--input-file=${file('apt', 'Inst libc6 [1] (2 Debian-Security:12/stable [amd64])\n')}`],
    'down',
    /^APT CRITICAL: 1 packages/,
    ['available_upgrades', 'critical_updates'],
  ),
  row('check_cluster', ['-s', '-l', 'web', '-d', '0,0,0', '-w', '0', '-c', '1'], 'up', /^CLUSTER OK: web: 3 ok/),
  row('check_cluster', ['-s', '-l', 'web', '-d', '0,2,0', '-w', '0', '-c', '1'], 'degraded', /^CLUSTER WARNING: web: 2 ok/),
  row('check_cluster', ['-s', '-l', 'web', '-d', '2,2,0', '-w', '0', '-c', '1'], 'down', /^CLUSTER CRITICAL: web: 1 ok/),
  row('negate', ['/usr/lib/nagios/plugins/check_dummy', '2', 'gone'], 'up', /^CRITICAL: gone$/),
  row('negate', ['/usr/lib/nagios/plugins/check_dummy', '0', 'there'], 'down', /^OK: there$/),
  row(
    'urlize',
    ['https://office.example/', '/usr/lib/nagios/plugins/check_dummy', '1', 'slow'],
    'degraded',
    /^<A href="https:\/\/office\.example\/">WARNING: slow<\/A>$/,
  ),
  row('check_ide_smart', ['-d', '/dev/null'], 'down', /^CRITICAL - SMART_CMD_ENABLE/),
];

const files: readonly PluginRow[] = [
  row('check_file_age', ({ file }) => ['-w', '60', '-c', '120', '-f', file('new', 'x')], 'up', /^FILE_AGE OK: /, ['age', 'size']),
  row(
    'check_file_age',
    ({ file }) => ['-w', '60', '-c', '1200', '-f', file('old', 'x', 600)],
    'degraded',
    /^FILE_AGE WARNING: /,
    ['age', 'size'],
  ),
  row('check_file_age', ['-f', '/nowhere'], 'down', /^FILE_AGE CRITICAL: File not found - \/nowhere/),
  row('check_file_age', [], 'unknown', /^FILE_AGE UNKNOWN: No file specified/),
  row(
    'check_log',
    ({ file }) => ['-F', file('log', 'a\n'), '-O', file('seen', 'a\n'), '-q', 'error'],
    'up',
    /^Log check ok - 0 pattern matches found/,
  ),
  row(
    'check_log',
    ({ file }) => ['-F', file('log', 'a\nerror: x\n'), '-O', file('seen', 'a\n'), '-q', 'error'],
    'down',
    /^\(1\) < error: x$/,
  ),
  row('check_mrtg', (peers) => [...mrtg(peers), '-a', 'AVG', '-v', '1', '-w', '50', '-c', '100'], 'up', /^Avg\. value = 10/, [
    'value',
  ]),
  row(
    'check_mrtg',
    (peers) => [...mrtg(peers), '-a', 'MAX', '-v', '2', '-w', '30', '-c', '100', '-u', 'Conn/s'],
    'degraded',
    /^Max\. value = 40 Conn\/s$/,
  ),
  row(
    'check_mrtgtraf',
    (peers) => [...mrtg(peers), '-a', 'AVG', '-w', '50,50', '-c', '100,100'],
    'up',
    /^Traffic OK - Avg\. In = 10\.0 B\/s/,
    ['in', 'out'],
  ),
  row('check_mrtgtraf', (peers) => [...mrtg(peers), '-a', 'MAX', '-w', '5,5', '-c', '10,10'], 'down', /^Traffic CRITICAL/, [
    'in',
    'out',
  ]),
  row(
    'check_nagios',
    ({ file }) => ['-F', file('status', `[${Math.floor(Date.now() / 1000)}] x\n`), '-C', 'node', '-e', '5'],
    'up',
    /^NAGIOS OK: \d+ process/,
  ),
  row(
    'check_nagios',
    ({ file }) => ['-F', file('status', '[5] x\n'), '-C', 'no-such-program', '-e', '5'],
    'down',
    /^NAGIOS CRITICAL: Could not locate a running Nagios process!/,
  ),
];

const network: readonly PluginRow[] = [
  row('check_tcp', at('ftp', '-e', '220'), 'up', /^TCP OK - [\d.]+ second response time/),
  row('check_tcp', at('ftp', '-e', 'hello'), 'degraded', /^TCP WARNING - Unexpected response from host\/socket: 220 office/),
  row('check_tcp', at('closed'), 'down', /^connect to address 127\.0\.0\.1 and port \d+: Connection refused/),
  row('check_tcp', [], 'unknown', /^check_tcp: No arguments found/),
  row('check_udp', ({ udp }) => [...local, '-p', udp, '-s', 'ping', '-e', 'pong'], 'up', /^UDP OK/),
  row('check_http', ({ ports }) => ['-I', '127.0.0.1', '-p', ports.ok ?? ''], 'up', /^HTTP OK: HTTP\/1\.1 200 OK/, ['size']),
  row(
    'check_http',
    ({ ports }) => ['-I', '127.0.0.1', '-p', ports.missing ?? ''],
    'degraded',
    /^HTTP WARNING: HTTP\/1\.1 404 Not Found/,
    ['size'],
  ),
  row('check_http', ({ ports }) => ['-I', '127.0.0.1', '-p', ports.broken ?? ''], 'down', /^HTTP CRITICAL: HTTP\/1\.1 500/, [
    'size',
  ]),
  row('check_ftp', at('ftp'), 'up', /^FTP OK/),
  row('check_imap', at('imap'), 'up', /^IMAP OK/),
  row('check_simap', at('simap'), 'up', /^SIMAP OK/),
  row('check_pop', at('pop'), 'up', /^POP OK/),
  row('check_spop', at('spop'), 'up', /^SPOP OK/),
  row('check_nntp', at('nntp'), 'up', /^NNTP OK/),
  row('check_nntps', at('nntps'), 'up', /^NNTPS OK/),
  row('check_smtp', at('smtp'), 'up', /^SMTP OK/),
  row('check_smtp', at('closed'), 'down', /Connection refused/),
  row('check_ssmtp', at('ssmtp'), 'up', /^SSMTP OK/),
  row('check_jabber', at('jabber'), 'up', /^JABBER OK/),
  row('check_clamd', at('clamd'), 'up', /^CLAMD OK/),
  row('check_ssh', at('ssh'), 'up', /^SSH OK - OpenSSH_9\.2/),
  row('check_ssh', at('closed'), 'down', /Connection refused/),
  row('check_ntp_time', ({ udp }) => [...local, '-p', udp], 'up', /^NTP OK: Offset/, ['offset']),
  row('check_ntp_peer', ({ ports }) => [...local, '-p', ports.closed ?? '', '-t', '1'], 'down', /^NTP CRITICAL|No response/),
  row('check_time', at('time', '-w', '60', '-c', '120'), 'up', /^TIME OK/, ['offset']),
  row('check_ircd', at('irc'), 'up', /^IRCD ok - Current Local Users: 12/),
  row('check_ircd', at('irc', '-w', '5'), 'degraded', /^Warning Number Of Clients Connected : 12/),
  row('check_ups', at('ups', '-u', 'ups'), 'up', /^UPS OK - Status=Online/, ['battery', 'load']),
  row('check_nt', at('nsclient', '-v', 'UPTIME'), 'up', /^System Uptime - 0 day/, ['uptime']),
  row('check_nt', at('nsclient', '-v', 'CPULOAD', '-l', '5,50,90'), 'degraded', /^CPU Load 55%/, ['5 min avg Load']),
  row('check_nwstat', at('netware', '-v', 'OFILES', '-w', '80', '-c', '90'), 'up', /^42 open files/, ['Openfiles']),
  row('check_nwstat', at('netware', '-v', 'OFILES', '-w', '20', '-c', '40'), 'down', /^42 open files/, ['Openfiles']),
  row('check_overcr', at('overcr', '-v', 'NET25', '-w', '2', '-c', '90'), 'degraded', /^Net WARNING - 3 connections on port 25/),
  row('check_real', at('rtsp'), 'up', /^REAL OK/),
  row('check_by_ssh', at('closed', '-C', 'true', '-t', '5'), 'unknown', /^Remote command execution failed: /),
  rootRow('check_ping', [...local, '-w', '1000,90%', '-c', '2000,100%', '-p', '1'], 'up', /^PING OK - Packet loss = 0%/, [
    'rta',
    'pl',
  ]),
  rootRow('check_icmp', [...local, '-n', '1'], 'up', /^OK - 127\.0\.0\.1: rta/, ['rta', 'pl', 'rtmax', 'rtmin']),
  rootRow('check_host', [...local, '-n', '1'], 'up', /^OK - 127\.0\.0\.1 responds to ICMP/, ['pkt', 'rta']),
  rootRow('check_rta_multi', ['-n', '1', '127.0.0.1', '127.0.0.2'], 'up', /^OK - 127\.0\.0\.1: .* :: 127\.0\.0\.2: /, [
    '127.0.0.1rta',
    '127.0.0.1pl',
    '127.0.0.1rtmax',
    '127.0.0.1rtmin',
    '127.0.0.2rta',
    '127.0.0.2pl',
    '127.0.0.2rtmax',
    '127.0.0.2rtmin',
  ]),
];

export const pluginRows: readonly PluginRow[] = [...machine, ...files, ...network];

/** Files of the package that no row runs for what they are made for, and why; those that are programs tell their version. */
export const notRun: Readonly<Record<string, string>> = {
  check_dhcp: 'asks the whole network for an address, and loopback has no such server',
  check_ntp: 'takes no port: it would ask the time server of this machine; check_ntp_time is its successor',
  check_sensors: 'looks at the hardware by `sensors`, in a path of its own',
  'utils.pm': 'no program: what the plugins in Perl share',
  'utils.sh': 'no program: what the plugins in shell share',
};
