import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Way } from '../../src/core/diagnosis.ts';
import type { CauseCode } from '../../src/core/observation.ts';
import { complaintOf } from './support/complaints.ts';
import { type OfficeNetwork, obstacle, officeNetwork } from './support/office-network.ts';

const why = obstacle();
const settledMs = 4500;

const tcp = (host: string, port = 8080): Way => ({ host, port, transport: 'tcp' });
const website = '203.0.113.2';
const silentWebsite = '203.0.113.50';

describe.skipIf(why !== null)(`in a network of its own${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let office: OfficeNetwork;
  beforeAll(() => {
    office = officeNetwork();
  });
  afterAll(() => {
    office?.[Symbol.dispose]();
  });

  async function found(code: CauseCode, way: Way) {
    const settings = { nameServers: ['10.77.1.1'], others: ['1.1.1.1'], references: [{ host: '1.1.1.1', port: 443 }] };
    const { diagnosis, tookMs } = await office.diagnose(complaintOf(code), way, settings);
    expect(tookMs).toBeLessThan(settledMs);
    const verdicts = Object.fromEntries(diagnosis.findings.map(({ layer, verdict }) => [layer, verdict]));
    return { code: diagnosis.code, verdicts, sentence: diagnosis.sentence?.en };
  }

  describe('that works', () => {
    beforeAll(() => {
      office.ip('router', 'route', 'add', 'blackhole', `${silentWebsite}/32`);
      office.ip('router', 'route', 'add', 'blackhole', '10.88.0.50/32');
      office.ip('router', 'rule', 'add', 'iif', 'lan', 'ipproto', 'tcp', 'dport', '81', 'blackhole');
    });

    it.concurrent('a machine that refuses has a closed port', async () => {
      expect(await found('timeout', tcp(website))).toMatchObject({
        code: 'port-closed',
        verdicts: { link: 'good', gateway: 'good', internet: 'good', host: 'good', port: 'bad' },
      });
    });

    it.concurrent('a machine that is there, and one port of it silent, has a filtered port', async () => {
      expect(await found('timeout', tcp(website, 81))).toMatchObject({
        code: 'port-filtered',
        verdicts: { link: 'good', gateway: 'good', internet: 'good', host: 'good', port: 'bad' },
        sentence: expect.stringContaining('the machine is there'),
      });
    });

    it.concurrent('a silent machine on the internet is unreachable', async () => {
      expect(await found('port-filtered', tcp(silentWebsite))).toMatchObject({
        code: 'host-unreachable',
        verdicts: { link: 'good', gateway: 'good', internet: 'good', host: 'bad', port: 'bad' },
        sentence: expect.stringContaining('own connection works'),
      });
    });

    it.concurrent('a silent machine of another site is unreachable, and nobody outside is asked', async () => {
      const { code, verdicts, sentence } = await found('timeout', { host: '10.88.0.50', transport: 'icmp' });

      expect({ code, verdicts }).toEqual({ code: 'host-unreachable', verdicts: { link: 'good', gateway: 'good', host: 'bad' } });
      expect(sentence).toContain('other network');
    });

    it.concurrent('a silent machine of the office is unreachable', async () => {
      expect(await found('host-unreachable', tcp('10.77.1.99'))).toMatchObject({
        code: 'host-unreachable',
        verdicts: { link: 'good', gateway: 'good', host: 'bad' },
      });
    });

    it.concurrent('a name server that is silent while others answer is the cause', async () => {
      expect(await found('dns-failure', tcp('www.kanzlei.example'))).toMatchObject({
        code: 'dns-failure',
        verdicts: { address: 'bad', resolver: 'bad', link: 'good', gateway: 'good', internet: 'good' },
      });
    });

    it.concurrent('an address of IPv6 only cannot be reached', async () => {
      expect(await found('host-unreachable', tcp('2001:db8::1'))).toMatchObject({
        code: 'host-unreachable',
        sentence: expect.stringContaining('IPv6'),
      });
    });
  });

  describe('that fails', () => {
    beforeEach(() => {
      office[Symbol.dispose]();
      office = officeNetwork();
    });

    it('without the line behind the router the internet is unreachable', async () => {
      office.ip('internet', 'link', 'set', 'wan', 'down');

      const [byAddress, byName] = await Promise.all([
        found('timeout', tcp(website)),
        found('dns-failure', tcp('www.kanzlei.example')),
      ]);

      expect(byAddress).toMatchObject({ code: 'internet-unreachable', verdicts: { gateway: 'good', internet: 'bad' } });
      expect(byName).toMatchObject({ code: 'internet-unreachable', verdicts: { gateway: 'good', internet: 'bad' } });
    });

    it('a router that has just gone, and that the kernel still believes in, is unreachable', async () => {
      await found('timeout', tcp(website));
      office.ip('router', 'address', 'flush', 'dev', 'lan');

      const seen = await Promise.all([found('timeout', tcp(website)), found('dns-failure', tcp('www.kanzlei.example'))]);

      expect(seen.map(({ code }) => code)).toEqual(['gateway-unreachable', 'gateway-unreachable']);
      expect(seen[0]?.verdicts).toMatchObject({ link: 'good', gateway: 'bad', internet: 'bad' });
    });

    it('a router that is gone is unreachable for what lies behind it, and only for that', async () => {
      office.ip('router', 'address', 'flush', 'dev', 'lan');

      const seen = await Promise.all([found('timeout', tcp('10.88.0.2')), found('timeout', tcp('10.77.1.99'))]);

      expect(seen.map(({ code }) => code)).toEqual(['gateway-unreachable', 'host-unreachable']);
    });

    it.each<[string, readonly string[]]>([
      ['switched off', ['link', 'set', 'lan', 'down']],
      ['without an address', ['address', 'flush', 'dev', 'lan']],
      ['without a route', ['route', 'del', 'default']],
    ])('a server whose own network is %s is the cause, for targets elsewhere', async (_, change) => {
      office.ip('server', ...change);

      const seen = await Promise.all([
        found('host-unreachable', tcp(website)),
        found('dns-failure', tcp('www.kanzlei.example')),
        found('timeout', tcp('127.0.0.1')),
      ]);

      expect(seen.map(({ code }) => code)).toEqual(['local-network', 'local-network', 'port-closed']);
      expect(seen[2]?.verdicts).not.toHaveProperty('link');
    });

    it('a cable that is pulled at the other end is the cause', async () => {
      office.ip('router', 'link', 'set', 'lan', 'down');

      expect(await found('port-filtered', tcp(website))).toMatchObject({ code: 'local-network', verdicts: { link: 'bad' } });
    });
  });
});
