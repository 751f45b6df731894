import type { BoundCheck } from '../../config/bind.ts';
import type { Configuration } from '../../config/configuration.ts';
import { hint } from '../../config/suggest.ts';
import type { Beat } from '../../core/record.ts';
import { selfService } from '../../core/rules.ts';
import { oneLine } from '../../texts/clean.ts';
import { serviceId } from '../../web/known-names.ts';
import { exitStatus, Stop } from '../stop.ts';
import { looksText } from '../views/looks.ts';
import { statusPainter } from '../views/view.ts';
import type { World } from '../world.ts';
import { type Call, defineCommand, jsonOption } from './contract.ts';

interface Options {
  readonly json?: true;
}

export const probe = defineCommand<readonly [readonly string[]], Options>({
  name: 'probe',
  group: 'Run',
  summary: 'look once at every check, or at those of some services',
  arguments: [{ name: '[services...]', about: 'services; default all' }],
  options: [jsonOption],
  more: [
    'Looks from this machine and with this user, opens nothing, tells nobody.',
    'Exit status 1: something is not up.',
    'Heartbeats are known to a running daemon only: they are read from its state folder.',
  ],
  run: async (call, services) => {
    const { configured } = await import('../configured.ts');
    const { lookOnce } = await import('../look-once.ts');
    const { world, options } = call;
    const checks = chosen(await configured(call), services);
    if (checks.length === 0) throw new Stop('there is nothing to look at: no checks are configured there');
    const progress = progressOn(world, checks.length);
    const seen = await lookOnce(checks, await beatsFor(checks, call), progress.show);
    progress.clear();
    const lines = looksText(seen, world.columns, statusPainter(world.colour));
    world.out(`${options.json ? JSON.stringify(seen, null, 2) : lines.join('\n')}\n`);
    return seen.every(({ status }) => status === 'up') ? exitStatus.done : exitStatus.no;
  },
});

function chosen({ rules, checks }: Configuration, names: readonly string[]): readonly BoundCheck[] {
  const ids = names.map((name) => {
    const id = serviceId(name, rules);
    if (Object.hasOwn(rules.services, id) && id !== selfService) return id;
    const known = Object.keys(rules.services).filter((one) => one !== selfService);
    throw new Stop(`there is no service "${oneLine(name, 300)}"${hint(name, known, 'known')}`);
  });
  return [...checks.values()].filter(({ rule }) => ids.length === 0 || ids.includes(rule.service));
}

/** What a daemon has been told; nothing where there is none, or none that this user may read. */
async function beatsFor(checks: readonly BoundCheck[], { folder }: Call<unknown>): Promise<ReadonlyMap<string, Beat>> {
  if (!checks.some(({ rule }) => rule.passive)) return new Map();
  const { readLiveRecord } = await import('../../store/live-record.ts');
  const record = await readLiveRecord(folder).catch(() => null);
  return record?.beats ?? new Map();
}

function progressOn(world: World, total: number) {
  if (!world.onTerminal.err) return { show: () => {}, clear: () => {} };
  const show = (count: number) => world.err(`\r${count} of ${total} checks looked at`);
  show(0);
  return { show, clear: () => world.err('\r\u001b[K') };
}
