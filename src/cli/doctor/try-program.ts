/** What to say of a program that is needed. */
import { isSecret, revealed, type Secret } from '../../lib/secret.ts';
import { type Finding, well, wrong } from './finding.ts';
import { elsewhere, lookForProgram, type ProgramSight, packageOf } from './programs.ts';
import { quoted } from './quoted.ts';

export interface NeededProgram {
  readonly program: string | Secret;
  /** Who needs it, in words for people. */
  readonly by: string;
  /** `$PATH`. */
  readonly path: string | undefined;
  /** The name of this user. */
  readonly user: string;
}

/** Tries whether it could be started; it is not. A program behind a secret is not named. */
export async function tryProgram(about: string, needed: NeededProgram): Promise<Finding> {
  const seen = await lookForProgram(revealed(needed.program), needed.path);
  const isHidden = isSecret(needed.program);
  if (seen.saw === 'program') {
    const found = isHidden || seen.path === about ? '' : ` (${seen.path})`;
    return well(about, `can be run${found}, for ${needed.by}`);
  }
  const [says, fix] = await troubleOf(seen, needed);
  if (!isHidden) return wrong(about, `${says}, for ${needed.by}`, fix);
  return wrong(
    about,
    `the program behind the secret cannot be run, for ${needed.by}`,
    'see where the secret leads, and whether it can be run',
  );
}

async function troubleOf(
  seen: Exclude<ProgramSight, { saw: 'program' }>,
  needed: NeededProgram,
): Promise<readonly [string, string]> {
  const program = revealed(needed.program);
  switch (seen.saw) {
    case 'missing':
      return [`there is no program ${program} on this machine`, await whereFrom(program, needed)];
    case 'forbidden':
      return [
        `${seen.path} may not be run by ${needed.user}`,
        `chmod a+rx ${quoted(seen.path)}\nnamei -l ${quoted(seen.path)}   # shows a folder on the way that is closed`,
      ];
    case 'no-file':
      return [`${seen.path} is not a file`, `name the program itself where the configuration says ${program}`];
    case 'no-interpreter':
      return [
        `${seen.path} begins with #!${seen.interpreter}, which is not there`,
        installation(seen.interpreter) ?? `correct the first line of ${seen.path}`,
      ];
    default:
      return seen satisfies never;
  }
}

async function whereFrom(program: string, { path }: NeededProgram): Promise<string> {
  const other = await elsewhere(program, path);
  if (other !== null) return `write ${other} instead of ${program} in the configuration`;
  return (
    installation(program) ??
    `write the full path of the program in the configuration; find / -xdev -name ${quoted(program.split('/').at(-1) ?? program)}   # looks for it`
  );
}

function installation(program: string): string | null {
  const name = packageOf(program);
  return name === null ? null : `apt install ${name}`;
}
