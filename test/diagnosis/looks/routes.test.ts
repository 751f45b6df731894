import { describe, expect, it } from 'vitest';
import { isLoopbackAddress, isPrivateAddress } from '../../../src/diagnosis/looks/address-class.ts';
import { parseRoutes4, parseRoutes6, routeTo } from '../../../src/diagnosis/looks/routes.ts';

const table4 = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	01B2A8C0	0003	0	0	100	00000000	0	0	0
wlan0	00000000	01B2A8C0	0003	0	0	600	00000000	0	0	0
eth0	00B2A8C0	00000000	0001	0	0	100	00FFFFFF	0	0	0
wg0	0000580A	00000000	0001	0	0	0	0000FFFF	0	0	0
eth9	0000630A	00000000	0000	0	0	0	0000FFFF	0	0	0
`;
const table6 = `fd000000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe800000000000000000000000000001 00000400 00000003 00000000 00000003     eth0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
`;

describe('the routes of IPv4', () => {
  const routes = parseRoutes4(table4);

  it.each<[string, string | null, string | undefined, string | null | undefined]>([
    ['1.1.1.1', null, 'eth0', '192.168.178.1'],
    ['1.1.1.1', 'wlan0', 'wlan0', '192.168.178.1'],
    ['192.168.178.20', null, 'eth0', null],
    ['10.88.3.4', null, 'wg0', null],
    ['1.1.1.1', 'wg0', undefined, undefined],
    ['10.99.0.1', null, 'eth0', '192.168.178.1'],
  ])('lead to %s through %s by %s', (address, through, device, gateway) => {
    const route = routeTo({ address, family: 4 }, through, routes);

    expect([route?.interface, route?.gateway]).toEqual([device, gateway]);
  });
});

describe('the routes of IPv6', () => {
  const routes = parseRoutes6(table6);

  it('lead to a neighbour without, elsewhere by a gateway on its interface, and never by one that refuses', () => {
    expect(routeTo({ address: 'fd00::5', family: 6 }, null, routes)).toMatchObject({
      interface: 'eth0',
      prefix: 64,
      gateway: null,
    });
    expect(routeTo({ address: '2001:db8::1', family: 6 }, null, routes)).toMatchObject({ gateway: 'fe80:0:0:0:0:0:0:1%eth0' });
    expect(routeTo({ address: '2001:db8::1', family: 6 }, null, parseRoutes6(table6.split('\n').slice(2).join('\n')))).toBeNull();
  });
});

describe('an address', () => {
  it.each(['10.1.2.3', '172.31.0.1', '192.168.0.1', '100.64.0.1', '169.254.1.1', 'fd00::1', 'fe80::1%eth0'])(
    '%s is private',
    (one) => {
      expect(isPrivateAddress(one)).toBe(true);
    },
  );

  it.each(['1.1.1.1', '172.32.0.1', '100.128.0.1', '2001:db8::1'])('%s is public', (one) => {
    expect([isPrivateAddress(one), isLoopbackAddress(one)]).toEqual([false, false]);
  });

  it.each(['127.0.0.53', '::1'])('%s is this machine', (one) => {
    expect(isLoopbackAddress(one)).toBe(true);
  });
});
