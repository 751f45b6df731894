/** Whether `systemctl` would do what remedies ask of it. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manageUnits, mayManageUnits } from '../../diagnosis/machine/rights.ts';
import { lookAtUnit } from '../../diagnosis/machine/unit.ts';
import { type Finding, unclear, well, wrong } from './finding.ts';
import type { Patient } from './patient.ts';
import { polkitRule, type UnitAct } from './privileged.ts';
import { quoted } from './quoted.ts';

/** Whether systemd runs here and knows the units. */
export async function tryUnits(
  about: string,
  { units }: UnitAct,
  service: string,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  return await Promise.all(units.map((unit) => tryUnit(about, unit, service, signal)));
}

async function tryUnit(about: string, unit: string, service: string, signal: AbortSignal): Promise<Finding> {
  const seen = await lookAtUnit(unit, signal);
  switch (seen.saw) {
    case 'no-systemctl':
    case 'no-systemd': {
      const instead = `run: [PROGRAM]   # in remedies of ${service}: what mends it on this machine, or take the remedy out`;
      return wrong(about, `${seen.detail}, so this cannot help here`, instead);
    }
    case 'unclear':
      return unclear(about, seen.detail);
    case 'unit':
      break;
    default:
      return seen satisfies never;
  }
  if (seen.load === 'not-found') {
    const list = `systemctl list-unit-files ${quoted(`*${unit.replace(/[@.].*$/, '')}*`)}   # the name for remedies of ${service}`;
    return wrong(about, `there is no unit ${unit} on this machine`, list);
  }
  if (seen.load === 'masked')
    return wrong(about, `${unit} is masked and cannot be started`, `systemctl unmask ${quoted(unit)}   # as root`);
  return well(about, `${unit} is there, ${seen.active}`);
}

/** Whether this user may act on the units, by being root or by polkit. */
export async function tryUnitRight(acts: readonly UnitAct[], { user, places }: Patient, signal: AbortSignal): Promise<Finding> {
  const about = `systemctl as ${user.name}`;
  if (user.uid === 0) return well(about, 'root may do it');
  const rule = polkitRule(user.name, acts);
  const right = await mayManageUnits(signal);
  if (right.saw === 'allowed') return well(about, 'polkit allows it');
  if (right.saw === 'no-program')
    return wrong(about, `only root may do it: ${right.detail}`, `apt install polkitd   # as root, then:\n${rule}`);
  if (right.saw === 'unclear') return unclear(about, `whether it may could not be found out: ${right.detail}`, rule);
  const rules = await readRules(places.polkitRules);
  const own = rules.found.find(({ text }) => allows(text, user.name, acts));
  if (own !== undefined) return well(about, `${own.path} has a rule for it`);
  if (rules.isComplete) return wrong(about, `polkit has no rule that lets ${user.name} do it`, rule);
  return unclear(
    about,
    `polkit does not let ${user.name} manage all units; only root can see whether a rule allows these`,
    `${rule}\n${asRoot(user.name, acts)}`,
  );
}

/** How root asks polkit about one of the acts, for a process of this user. */
function asRoot(user: string, [act]: readonly UnitAct[]): string {
  const details = `--detail unit ${quoted(act?.units[0] ?? '')} --detail verb ${act?.verb ?? ''}`;
  return `pkcheck --action-id ${manageUnits} --process $(pgrep -u ${user} | head -1) ${details} && echo allowed   # as root, to see it`;
}

interface Rules {
  readonly found: readonly { readonly path: string; readonly text: string }[];
  /** Every folder and file could be read. */
  readonly isComplete: boolean;
}

async function readRules(folders: readonly string[]): Promise<Rules> {
  const found: { path: string; text: string }[] = [];
  let isComplete = true;
  for (const folder of folders) {
    try {
      for (const name of await readdir(folder)) {
        if (name.endsWith('.rules')) found.push({ path: join(folder, name), text: await readFile(join(folder, name), 'utf8') });
      }
    } catch (error) {
      isComplete &&= (error as NodeJS.ErrnoException).code === 'ENOENT';
    }
  }
  return { found, isComplete };
}

/** Whether a rule names the action, this user, and each unit and verb. */
function allows(text: string, user: string, acts: readonly UnitAct[]): boolean {
  const isUserNamed = text.includes(`"${user}"`) || text.includes(`'${user}'`);
  const words = [manageUnits, ...acts.flatMap(({ verb, units }) => [verb, ...units])];
  return isUserNamed && words.every((word) => text.includes(word));
}
