/** What Debian's monitoring plugins talk to in the tests: small servers, files and a name server's worth of protocols. */
import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificationAuthority } from '../../net/support/certificates.ts';
import { peerFolder } from '../../net/support/peers.ts';
import { answering, closedPort, type Listening, tcpServer, tlsServer } from '../../net/support/servers.ts';

const ntpEpoch = 2_208_988_800;

/** What a server says to a line; nothing for null, and `end` closes after it. */
type Reply = (line: string) => string | null;

const banners = {
  ftp: '220 office\r\n',
  imap: '* OK office\r\n',
  pop: '+OK office\r\n',
  nntp: '200 office\r\n',
  ssh: 'SSH-2.0-OpenSSH_9.2\r\n',
  smtp: '220 office ESMTP\r\n',
} as const;

const ups: Readonly<Record<string, string>> = {
  'ups.status': 'OL',
  'input.voltage': '230.1',
  'battery.charge': '97',
  'ups.load': '23',
  'ups.temperature': '30',
};

const replies = {
  smtp: (line) => (/^QUIT/i.test(line) ? '221 bye\r\n' : '250 ok\r\n'),
  clamd: () => 'PONG\n',
  jabber: () => "<?xml version='1.0'?><stream:stream xmlns:stream='http://etherx.jabber.org/streams' id='1'>",
  ups: (line) => (line === 'LOGOUT' ? 'OK Goodbye\n' : `${line.replace('GET ', '')} "${ups[line.split(' ')[3] ?? ''] ?? ''}"\n`),
  nsclient: (line) => (line.split('&')[1] === '3' ? '12345' : '55'),
  netware: () => '42\n',
  rtsp: () => 'RTSP/1.0 200 OK\r\n\r\n',
  irc: (line) => (line.startsWith('USER') ? ':office 255 me :I have 12 clients and 1 servers\n' : null),
} satisfies Readonly<Record<string, Reply>>;

export interface PluginPeers extends AsyncDisposable {
  /** TCP ports by what answers there; as text, for a command line. */
  readonly ports: Readonly<Record<string, string>>;
  /** Echoes `pong`, or the time to a question of NTP. */
  readonly udp: string;
  /** A file that nobody else has, written `ageSeconds` ago. */
  file(name: string, text: string, ageSeconds?: number): string;
}

/** Starts all of them. */
export async function pluginPeers(): Promise<PluginPeers> {
  const authority = certificationAuthority();
  const tls = authority.issue('DNS:localhost,IP:127.0.0.1');
  const folder = peerFolder();
  const udp = await datagrams();
  let count = 0;
  const servers: Readonly<Record<string, Listening>> = {
    ftp: await speaking(banners.ftp),
    imap: await speaking(banners.imap),
    pop: await speaking(banners.pop),
    nntp: await speaking(banners.nntp),
    ssh: await speaking(banners.ssh),
    smtp: await speaking(banners.smtp, replies.smtp),
    simap: await tlsServer(tls, (socket) => socket.write(banners.imap)),
    spop: await tlsServer(tls, (socket) => socket.write(banners.pop)),
    nntps: await tlsServer(tls, (socket) => socket.write(banners.nntp)),
    ssmtp: await tlsServer(tls, (socket) => socket.write(banners.smtp)),
    clamd: await speaking('', replies.clamd),
    jabber: await speaking('', replies.jabber),
    ups: await speaking('', replies.ups),
    nsclient: await speaking('', replies.nsclient),
    netware: await speaking('', replies.netware),
    overcr: await tcpServer((socket) => socket.once('data', () => socket.end('3\n'))),
    rtsp: await speaking('', replies.rtsp),
    irc: await speaking('', replies.irc),
    time: await tcpServer((socket) => socket.end(timeProtocol())),
    ok: await answering('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'),
    missing: await answering('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'),
    broken: await answering('HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n'),
  };
  const ports = Object.entries(servers).map(([name, { port }]) => [name, String(port)] as const);
  return {
    ports: { ...Object.fromEntries(ports), closed: String(await closedPort()) },
    udp: String(udp.address().port),
    file: (name, text, ageSeconds = 0) => {
      count += 1;
      const path = join(folder.path, `${count}-${name}`);
      writeFileSync(path, text);
      const written = Date.now() / 1000 - ageSeconds;
      utimesSync(path, written, written);
      return path;
    },
    [Symbol.asyncDispose]: async () => {
      udp.close();
      await Promise.all(Object.values(servers).map((server) => server[Symbol.asyncDispose]()));
      folder[Symbol.dispose]();
      authority[Symbol.dispose]();
    },
  };
}

/** Greets, and answers each line. */
function speaking(banner: string, reply: Reply = () => null): Promise<Listening> {
  return tcpServer((socket) => {
    socket.write(banner);
    socket.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString('latin1').split(/\r?\n/).filter(Boolean)) socket.write(reply(line) ?? '');
    });
  });
}

/** Seconds since 1900 (RFC 868). */
function timeProtocol(): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(Math.floor(Date.now() / 1000) + ntpEpoch);
  return bytes;
}

async function datagrams(): Promise<DatagramSocket> {
  const socket = createSocket('udp4');
  socket.on('message', (message, peer) => {
    socket.send(message.length === 48 ? ntpAnswer(message) : 'pong', peer.port, peer.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return socket;
}

/** A server of stratum 2 whose clock is ours (RFC 5905 7.3). */
function ntpAnswer(question: Buffer): Buffer {
  const answer = Buffer.alloc(48);
  answer.set([0x24, 2, 6, 0xec]);
  question.copy(answer, 24, 40, 48);
  const now = Date.now() / 1000 + ntpEpoch;
  for (const at of [16, 32, 40]) {
    answer.writeUInt32BE(Math.floor(now), at);
    answer.writeUInt32BE(Math.floor((now % 1) * 2 ** 32), at + 4);
  }
  return answer;
}
