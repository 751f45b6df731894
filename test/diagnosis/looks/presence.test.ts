import { describe, expect, it } from 'vitest';
import { judgeGateway, judgeHost } from '../../../src/diagnosis/looks/host.ts';
import { configuredServers, serverAt } from '../../../src/diagnosis/looks/name-servers.ts';
import { fromArp, fromState } from '../../../src/diagnosis/looks/neighbours.ts';
import type { Presence } from '../../../src/diagnosis/looks/presence.ts';

const quiet: Presence = { echo: { how: 'counted', loss: 1, timeMs: null }, port: null, neighbour: null };
const forbidden: Presence = { ...quiet, echo: { how: 'unable', text: 'ping may not' } };
const pinging = (timeMs: number, loss = 0): Presence => ({ ...quiet, echo: { how: 'counted', loss, timeMs } });

describe('signs of life', () => {
  it.each<[string, Presence, string, string]>([
    ['pings', pinging(2), 'answers', 'answers'],
    ['slow pings', pinging(800), 'answers-slowly', 'answers'],
    ['some pings', pinging(20, 0.34), 'answers-slowly', 'answers'],
    ['a port that refuses', { ...quiet, port: { number: 22, isOpen: false } }, 'answers-no-ping', 'answers'],
    ['its network card', { ...quiet, neighbour: 'there' }, 'answers-no-ping', 'answers'],
    ['none', quiet, 'silent', 'silent'],
    ['none, as old ones prove nothing', { ...quiet, neighbour: 'unsure' }, 'silent', 'silent'],
    ['none, where ping is forbidden', forbidden, 'unclear', 'unclear'],
    ['none, where ping is forbidden and its card silent', { ...forbidden, neighbour: 'gone' }, 'silent', 'silent'],
  ])('are %s', (_, seen, host, gateway) => {
    expect([judgeHost(seen, 'x').saw, judgeGateway(seen, 'x').saw]).toEqual([host, gateway]);
  });
});

describe('a neighbour', () => {
  it.each([
    ['10.0.0.1 dev eth0 lladdr 9a:af:68:de:e1:bc used 1/0/1 probes 1 REACHABLE', 'there'],
    ['10.0.0.1 dev eth0 lladdr 9a:af:68:de:e1:bc ref 1 used 9/21/21 probes 1 REACHABLE', 'unsure'],
    ['10.0.0.1 dev eth0 lladdr 9a:af:68:de:e1:bc used 9/2/1 probes 1 STALE', 'unsure'],
    ['10.0.0.1 dev eth0 used 2/33/1 probes 6 FAILED', 'gone'],
    ['10.0.0.1 dev eth0 ref 1 used 0/10/0 probes 2 INCOMPLETE', 'gone'],
    ['', 'unsure'],
  ])('by %s is %s', (line, state) => {
    expect(fromState(`${line}\n`)).toBe(state);
  });

  it.each([
    ['10.0.0.1', 'unsure'],
    ['10.0.0.2', 'gone'],
    ['10.0.0.3', 'unsure'],
  ])('%s is %s by the ARP table', (address, state) => {
    const table = `IP address       HW type     Flags       HW address            Mask     Device
10.0.0.1         0x1         0x2         9a:af:68:de:e1:bc     *        eth0
10.0.0.2         0x1         0x0         00:00:00:00:00:00     *        eth0
`;

    expect(fromArp(table, address)).toBe(state);
  });
});

describe('a name server', () => {
  it.each([
    ['192.168.178.1', '192.168.178.1', 53],
    ['127.0.0.1:5353', '127.0.0.1', 5353],
    ['[fd00::1]:54', 'fd00::1', 54],
    ['fd00::1', 'fd00::1', 53],
  ])('written %s is %s at port %i', (text, host, port) => {
    expect(serverAt(text)).toEqual({ host, port });
  });

  it('is none where there is no such file', () => {
    expect(configuredServers('/nonexistent/resolv.conf')).toEqual([]);
  });
});
