import type { CheckRule } from '../../../src/core/rules.ts';
import { rules, service } from '../../support/rules.ts';
import { VirtualOffice } from '../../support/virtual-office.ts';

/**
 * Lets the real engine watch a check that begins to fail `offset` seconds after a quiet while, for `lastsMs`. Gives the
 * time from the failure to its incident (to the second), or null when there was none.
 */
export async function play(rule: CheckRule, offset: number, lastsMs: number): Promise<number | null> {
  const office = await VirtualOffice.open(rules({ services: [service(rule.service, { checks: [rule] })] }));
  await office.pass('10m');
  await office.pass(`${offset}s`);
  office.play(rule.key, 'x');
  const began = office.minute;
  for (let waited = 0; waited < lastsMs; waited += 1000) {
    await office.pass('1s');
    if (office.incidents.length > 0) return (office.minute - began) * 60_000;
  }
  office.play(rule.key, '.');
  await office.pass('10m');
  return office.incidents.length > 0 ? (office.minute - began) * 60_000 : null;
}
