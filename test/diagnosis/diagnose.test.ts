import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Way } from '../../src/core/diagnosis.ts';
import { causeCodes } from '../../src/core/observation.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Ground, Looks } from '../../src/diagnosis/looks.ts';
import { complaintOf, ruleOf } from './support/complaints.ts';

const website: Way = { host: 'www.example.com', port: 443, transport: 'tcp', tls: 'implicit' };
const seen = { subject: 'x', detail: 'seen' };
const address = { address: '203.0.113.7', family: 4 } as const;
const ground: Ground = { link: { saw: 'up', ...seen }, place: 'internet', gateway: '192.168.178.1' };

/** A world in which everything is good, but for what is said; `made` are the looks that were made. */
function world(but: Partial<Looks> = {}): { readonly looks: Looks; readonly made: string[] } {
  const made: string[] = [];
  const good: Looks = {
    address: async () => ({ sight: { saw: 'found', ...seen }, addresses: [address] }),
    ground: async () => ground,
    nameServer: () => ({ address: '192.168.178.1', family: 4 }),
    reference: () => ({ address: '1.1.1.1', family: 4 }),
    gateway: async () => ({ saw: 'answers', ...seen }),
    resolver: async () => ({ saw: 'answers', ...seen }),
    others: async () => ({ saw: 'answer', ...seen }),
    internet: async () => ({ saw: 'answers', ...seen }),
    host: async () => ({ saw: 'answers', ...seen }),
    port: async () => ({ saw: 'open', ...seen }),
    tls: async () => ({ saw: 'good', ...seen }),
    folders: async () => ({ saw: 'counted', ...seen }),
    processes: async () => ({ saw: 'counted', ...seen }),
    ...but,
  };
  const looks = Object.fromEntries(
    Object.entries(good).map(([name, look]) => [
      name,
      (...args: never[]) => {
        made.push(name);
        return (look as (...given: never[]) => unknown)(...args);
      },
    ]),
  ) as unknown as Looks;
  return { looks, made };
}

const never = new AbortController().signal;
const ask = (code: (typeof causeCodes)[number], looks: Looks, way: Way | null = website, kind = 'http', target = 'x') =>
  diagnose(complaintOf(code), { rule: ruleOf(kind, target), way }, never, looks);

describe('a diagnosis', () => {
  it('of a check that is no longer known is none', async () => {
    expect(await diagnose(complaintOf('timeout'), undefined, never, world().looks)).toBeNull();
  });

  it.each(['plugin', 'outdated', 'not-watched', 'reported'] as const)('of %s is none, and nothing is looked at', async (code) => {
    const { looks, made } = world();

    expect(await ask(code, looks, null, 'command')).toBeNull();
    expect(await ask(code, looks)).toBeNull();
    expect(made).toEqual([]);
  });

  it.each(causeCodes)('of %s keeps it where every layer is good', async (code) => {
    const diagnosis = await ask(code, world().looks);

    expect(diagnosis?.code ?? code).toBe(code);
  });

  it('makes no look that an answer has made needless', async () => {
    const { looks, made } = world();
    await ask('http-status', looks);
    await ask('content', looks);

    expect(made).toEqual([]);
  });

  it('lists what was found from this server outwards', async () => {
    const diagnosis = await ask('timeout', world().looks);

    expect(diagnosis?.findings.map(({ layer }) => layer)).toEqual([
      'link',
      'gateway',
      'internet',
      'address',
      'host',
      'port',
      'tls',
    ]);
  });

  it('asks nobody outside about a private target, nor anybody between about one on this machine', async () => {
    const near = world({ ground: async () => ({ ...ground, place: 'near' }) });
    const self = world({ ground: async () => ({ ...ground, place: 'self' }) });
    await ask('timeout', near.looks);
    await ask('timeout', self.looks);

    expect(near.made).not.toEqual(expect.arrayContaining(['internet']));
    expect(self.made.toSorted()).toEqual(['address', 'ground', 'port', 'processes', 'tls']);
  });

  it('sees folders for a full disk and processes for a load, and keeps the code', async () => {
    const disk = world();
    const load = world();

    expect(await ask('threshold', disk.looks, null, 'disk', '/srv')).toMatchObject({
      code: 'threshold',
      findings: [{ layer: 'machine' }],
    });
    expect(await ask('threshold', load.looks, null, 'load')).toMatchObject({
      code: 'threshold',
      findings: [{ layer: 'machine' }],
    });
    expect([disk.made, load.made]).toEqual([['folders'], ['processes']]);
  });

  it('asks other name servers only where the own ones do not answer, and for names of the office never', async () => {
    const silent: Looks['address'] = async () => ({ sight: { saw: 'unanswered', ...seen }, addresses: [] });
    const failed: Looks['address'] = async () => ({ sight: { saw: 'server-failed', ...seen }, addresses: [] });
    const [hanging, answering, own] = [world({ address: silent }), world({ address: failed }), world({ address: silent })];
    await ask('dns-failure', hanging.looks);
    await ask('dns-failure', answering.looks);
    await ask('dns-failure', own.looks, { ...website, host: 'nas.fritz.box' });

    expect([hanging, answering, own].map(({ made }) => made.includes('others'))).toEqual([true, false, false]);
    expect(own.made).not.toContain('internet');
  });

  it('takes a look that throws, or rejects, for one that saw nothing', async () => {
    const broken = async () => {
      throw new Error('our own fault');
    };
    const { looks } = world({ gateway: broken, host: broken, ground: broken, address: broken, internet: broken });

    const diagnosis = await ask('timeout', looks);

    expect(diagnosis?.code).toBe('timeout');
    expect(new Set(diagnosis?.findings.map(({ verdict }) => verdict))).toEqual(new Set(['good', 'unclear']));
    expect(diagnosis?.findings[0]?.detail).toContain('our own fault');
  });

  it('shows text from outside as one short line', async () => {
    const { looks } = world({ tls: async () => ({ saw: 'good', subject: 'a\nb', detail: `x\u0007${'y'.repeat(500)}` }) });

    const finding = (await ask('timeout', looks))?.findings.find(({ layer }) => layer === 'tls');

    expect(finding?.subject).toBe('a b');
    expect(finding?.detail.length).toBeLessThanOrEqual(200);
  });
});

describe('the time of a diagnosis', () => {
  beforeEach(() => {
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), ms / 100);
      return controller.signal;
    });
  });
  afterEach(() => vi.restoreAllMocks());

  it('ends after four seconds whatever hangs, with what is known by then', async () => {
    const hanging = () => new Promise<never>(() => {});
    const { looks } = world({ gateway: hanging, host: hanging, internet: hanging });

    const diagnosis = await ask('timeout', looks);

    expect(vi.mocked(AbortSignal.timeout)).toHaveBeenCalledWith(4000);
    expect(diagnosis?.findings.map(({ layer, verdict }) => `${layer} ${verdict}`)).toEqual(
      expect.arrayContaining(['link good', 'gateway unclear', 'internet unclear', 'host unclear', 'port good']),
    );
  });

  it('ends at once when the daemon stops', async () => {
    const { looks } = world({ host: () => new Promise<never>(() => {}) });
    const subject = { rule: ruleOf('http', 'x'), way: website };

    const diagnosis = await diagnose(complaintOf('timeout'), subject, AbortSignal.abort(), looks);

    expect(diagnosis?.code).toBe('timeout');
  });
});
