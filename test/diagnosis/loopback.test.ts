import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Complaint, Diagnosis, Way } from '../../src/core/diagnosis.ts';
import type { CauseCode } from '../../src/core/observation.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { realLooks } from '../../src/diagnosis/looks/real-looks.ts';
import { http } from '../../src/probes/http.ts';
import { type Authority, certificationAuthority, daysFromNow } from '../net/support/certificates.ts';
import { deadServer, nameServer } from '../net/support/dns-server.ts';
import { filteredPort } from '../net/support/filtered-port.ts';
import { answering, closedPort, tcpServer, tlsServer } from '../net/support/servers.ts';
import { look } from '../probes/support/look.ts';
import { complaintOf, ruleOf } from './support/complaints.ts';

/** Nobody outside is asked: the references, too, are on loopback. */
async function found(
  complaint: Complaint,
  way: Way,
  servers: { readonly own?: readonly string[]; readonly others?: readonly string[] } = {},
): Promise<Diagnosis> {
  const { own = [], others = await deadServer() } = servers;
  const reference = { host: '127.0.0.1', port: await closedPort() };
  const looks = realLooks({ nameServers: own, others, references: [reference] });
  const diagnosis = await diagnose(complaint, { rule: ruleOf('http', way.host), way }, new AbortController().signal, looks);
  if (diagnosis === null) throw new Error('nothing was found');
  return diagnosis;
}

const verdictsOf = ({ findings }: Diagnosis) => findings.map(({ layer, verdict }) => `${layer} ${verdict}`);
const port = (number: number, rest: Partial<Way> = {}): Way => ({
  host: '127.0.0.1',
  port: number,
  transport: 'tcp',
  ...rest,
});

describe('a service on this machine', () => {
  it.each<CauseCode>(['port-closed', 'timeout', 'port-filtered'])('that said %s and refuses has a closed port', async (said) => {
    const diagnosis = await found(complaintOf(said), port(await closedPort()));

    expect(diagnosis.code).toBe('port-closed');
    expect(diagnosis.sentence?.en).toContain('is not running');
    expect(verdictsOf(diagnosis)).toContain('port bad');
    expect(verdictsOf(diagnosis).join()).not.toMatch(/link|gateway|internet|resolver|host/);
  });

  it('whose queue of connections is full has a filtered port', async () => {
    await using server = await filteredPort();

    const diagnosis = await found(complaintOf('timeout'), port(server.port));

    expect(diagnosis).toMatchObject({ code: 'port-filtered', sentence: { en: expect.stringContaining('no more connections') } });
    expect(verdictsOf(diagnosis)).toContain('port bad');
  });

  it('that accepts and says nothing hangs', async () => {
    await using server = await tcpServer(() => {});

    const diagnosis = await found(complaintOf('timeout'), port(server.port));

    expect(diagnosis).toMatchObject({ code: 'timeout', sentence: { en: expect.stringContaining('accepts connections') } });
    expect(verdictsOf(diagnosis)).toContain('port good');
  });

  it('that accepts and never shakes hands hangs before it encrypts', async () => {
    await using server = await tcpServer(() => {});

    const diagnosis = await found(complaintOf('timeout'), port(server.port, { tls: 'implicit' }));

    expect(diagnosis).toMatchObject({ code: 'timeout', sentence: { en: expect.stringContaining('encrypted') } });
    expect(verdictsOf(diagnosis)).toEqual(expect.arrayContaining(['port good', 'tls bad']));
  });

  it('that works again keeps what its check said, as a passing trouble', async () => {
    await using server = await tcpServer(() => {});

    const diagnosis = await found(complaintOf('port-closed'), port(server.port));

    expect(diagnosis).toMatchObject({ code: 'port-closed', meaning: { en: expect.stringContaining('passing') } });
  });

  it('that is slow is told with what keeps this machine busy', async () => {
    const diagnosis = await found(complaintOf('slow', 'HTTP 200 after 4 s'), port(1));

    expect(diagnosis.code).toBe('slow');
    expect(diagnosis.findings).toMatchObject([
      { layer: 'application', detail: 'HTTP 200 after 4 s' },
      { layer: 'machine', verdict: 'unclear', detail: expect.stringContaining('most memory') },
    ]);
  });
});

describe('a certificate', () => {
  let authority: Authority;
  beforeAll(() => {
    authority = certificationAuthority();
  });
  afterAll(() => authority[Symbol.dispose]());

  it.each<[CauseCode, string, () => { key: string; cert: string }]>([
    ['tls-expired', 'expired on', () => authority.issue('IP:127.0.0.1', undefined, daysFromNow(-2))],
    ['tls-untrusted', 'not valid yet', () => authority.issue('IP:127.0.0.1', daysFromNow(2))],
    ['tls-untrusted', 'self-signed', () => authority.selfSigned('IP:127.0.0.1')],
    ['tls-name-mismatch', 'not for this name', () => authority.issue('DNS:other.example')],
  ])('that is %s is found so, whatever was known before (%s)', async (code, words, issue) => {
    await using server = await tlsServer(issue(), () => {});
    const way = port(server.port, { tls: 'implicit', trust: { ca: authority.caFile } });

    const [known, open] = await Promise.all([found(complaintOf(code), way), found(complaintOf('unknown'), way)]);

    expect([known.code, open.code]).toEqual([code, code]);
    expect(known.findings).toMatchObject([{ layer: 'tls', verdict: 'bad', detail: expect.stringContaining(words) }]);
  });

  it('that is good is a good finding', async () => {
    await using server = await tlsServer(authority.issue('IP:127.0.0.1'), () => {});
    const way = port(server.port, { tls: 'implicit', trust: { ca: authority.caFile } });

    const diagnosis = await found(complaintOf('timeout'), way);

    expect(diagnosis.code).toBe('timeout');
    expect(verdictsOf(diagnosis)).toEqual(expect.arrayContaining(['port good', 'tls good']));
  });

  it('cannot be had from a port that speaks no TLS', async () => {
    await using server = await tcpServer((socket) => socket.end('HTTP/1.0 400 Bad Request\r\n\r\n'));

    expect(await found(complaintOf('unknown'), port(server.port, { tls: 'implicit' }))).toMatchObject({ code: 'tls-handshake' });
  });
});

describe('a name', () => {
  const way: Way = { host: 'www.kanzlei.example', port: 443, transport: 'tcp', tls: 'implicit' };
  const said = complaintOf('dns-failure');

  it('that does not exist is said not to exist', async () => {
    await using server = await nameServer({});

    const diagnosis = await found(said, way, { own: server.servers });

    expect(diagnosis).toMatchObject({ code: 'dns-failure', sentence: { en: expect.stringContaining('does not exist') } });
    expect(verdictsOf(diagnosis)).toEqual(expect.arrayContaining(['address bad', 'resolver good']));
  });

  it('that the name server cannot find out about is told so', async () => {
    await using server = await nameServer({ 'www.kanzlei.example': 'servfail' });

    const diagnosis = await found(said, way, { own: server.servers });

    expect(diagnosis).toMatchObject({ code: 'dns-failure', sentence: { en: expect.stringContaining('SERVFAIL') } });
  });

  it('that the name server refuses to tell is told so', async () => {
    await using server = await nameServer({ 'www.kanzlei.example': 'refused' });

    expect(await found(said, way, { own: server.servers })).toMatchObject({
      sentence: { en: expect.stringContaining('refuses') },
    });
  });

  it('is not known where the name server hangs, and the others show whose fault that is', async () => {
    await using hanging = await nameServer({ '': 'silent', 'www.kanzlei.example': 'silent' });
    await using other = await nameServer({});

    const diagnosis = await found(said, way, { own: hanging.servers, others: other.servers });

    expect(diagnosis).toMatchObject({
      code: 'dns-failure',
      sentence: { en: expect.stringContaining('the office’s name server') },
    });
    expect(diagnosis.findings.filter(({ layer }) => layer === 'resolver')).toMatchObject([
      { verdict: 'bad' },
      { verdict: 'good' },
    ]);
    expect(other.questions).toEqual([' A']);
  });

  it('of the office itself is never asked about elsewhere', async () => {
    await using hanging = await nameServer({ '': 'silent', 'nas.lan': 'silent' });
    await using other = await nameServer({});

    const diagnosis = await found(said, { ...way, host: 'nas.lan' }, { own: hanging.servers, others: other.servers });

    expect(diagnosis.code).toBe('dns-failure');
    expect(other.questions).toEqual([]);
  });

  it('that no name server is entered for is told so', async () => {
    expect(await found(said, way, { own: [] })).toMatchObject({
      sentence: { en: expect.stringContaining('no name server entered') },
    });
  });

  it('that a check asks a name server of its own for is asked there, and shown only where it is no secret', async () => {
    await using server = await nameServer({ 'www.kanzlei.example': 'servfail' });
    const number = Number(server.servers[0]?.split(':')[1]);
    const asks = { name: 'www.kanzlei.example', type: 'A' };
    const asked: Way = { host: '127.0.0.1', port: number, transport: 'udp', asks };

    const [open, hidden] = await Promise.all([found(said, asked), found(said, { ...asked, hidden: true })]);

    expect(open.code).toBe('dns-failure');
    expect(JSON.stringify(open.findings)).toContain('www.kanzlei.example A');
    expect(JSON.stringify(hidden.findings)).not.toMatch(/kanzlei|127\.0\.0\.1/);
  });
});

describe('a web page', () => {
  it.each<[string, RegExp]>([
    ['500 Internal Server Error', /HTTP 5xx/],
    ['503 Service Unavailable', /program behind it/],
    ['401 Unauthorized', /denies access/],
    ['404 Not Found', /no longer there/],
    ['429 Too Many Requests', /too many/],
  ])('that answers %s is explained from what its check said', async (status, words) => {
    await using server = await answering(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`);
    const seen = await look(http, `http://127.0.0.1:${server.port}/`);
    const before = server.accepted();

    const diagnosis = await found(complaintOf(seen.reason as CauseCode, seen.message), port(server.port));

    expect(diagnosis.code).toBe(seen.reason);
    expect(diagnosis.sentence?.en).toMatch(words);
    expect(verdictsOf(diagnosis)).toEqual(['application bad']);
    expect(server.accepted()).toBe(before);
  });

  it('with other content keeps its cause, with what was read', async () => {
    const diagnosis = await found(complaintOf('content', 'HTTP 200: no "Anmelden" in it'), port(1));

    expect(diagnosis).toMatchObject({
      code: 'content',
      findings: [{ layer: 'application', detail: 'HTTP 200: no "Anmelden" in it' }],
    });
  });
});
