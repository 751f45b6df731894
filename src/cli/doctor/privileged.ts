/** Remedies that need an administrator's right, read from their words. */
import { isSecret, type Secret } from '../../lib/secret.ts';

/** `systemctl VERB UNIT…`, run as this user. */
export interface UnitAct {
  readonly verb: string;
  /** With their endings, as systemd and polkit call them. */
  readonly units: readonly string[];
}

/** `sudo [-u USER] PROGRAM …`. */
export interface SudoAct {
  /** What sudo would be asked: options that say as whom, then the command. */
  readonly words: readonly string[];
  readonly runAs: string;
  readonly command: readonly [string, ...string[]];
}

const verbs = ['start', 'stop', 'restart', 'reload', 'try-restart', 'reload-or-restart', 'try-reload-or-restart'];
const harmless = ['--no-block', '--no-ask-password', '--quiet', '-q', '--no-pager', '--wait', '--no-wall'];

/** What `systemctl` is asked to do; null for another program, or words that are not understood. */
export function unitActOf(run: readonly (string | Secret)[]): UnitAct | null {
  const [program, ...rest] = plain(run) ?? [];
  if (program === undefined || !/^(\/(usr\/)?bin\/)?systemctl$/.test(program)) return null;
  const [verb, ...units] = rest.filter((word) => !harmless.includes(word) && word !== '--');
  if (verb === undefined || !verbs.includes(verb) || units.length === 0) return null;
  return units.some((unit) => unit.startsWith('-')) ? null : { verb, units: units.map(fullName) };
}

/** Without an ending a service is meant (systemd.unit(5)). */
function fullName(unit: string): string {
  return /\.(service|socket|target|timer|mount|automount|path|slice|swap|scope|device)$/.test(unit) ? unit : `${unit}.service`;
}

/** What `sudo` is asked to do; null for another program, or words that are not understood. */
export function sudoActOf(run: readonly (string | Secret)[]): SudoAct | null {
  const [program, ...rest] = plain(run) ?? [];
  if (program === undefined || !/^(\/(usr\/)?bin\/)?sudo$/.test(program)) return null;
  let runAs = 'root';
  const words = [...rest];
  for (;;) {
    const [option = '', value = ''] = words;
    const named = /^(?:-u|--user=)(.+)$/.exec(option)?.[1];
    if (option === '-n' || option === '--non-interactive') words.shift();
    else if (option === '-u' || option === '--user') [runAs] = [value, ...words.splice(0, 2)];
    else if (named !== undefined) [runAs] = [named, words.shift()];
    else break;
  }
  if (words[0] === '--') words.shift();
  const [command, ...others] = words;
  if (command === undefined || command.startsWith('-')) return null;
  return { words: ['-u', runAs, '--', command, ...others], runAs, command: [command, ...others] };
}

/** Null where a word is secret: it is neither shown nor asked for. */
function plain(run: readonly (string | Secret)[]): readonly string[] | null {
  return run.some(isSecret) ? null : run.map(String);
}

/** Complete rule for polkit(8) that allows exactly these acts to this user, as the command that writes it. */
export function polkitRule(user: string, acts: readonly UnitAct[]): string {
  const allowed = new Set(acts.flatMap(({ verb, units }) => units.map((unit) => `${verb} ${unit}`)));
  return [
    "cat > /etc/polkit-1/rules.d/49-incidentd.rules <<'END'   # as root",
    'polkit.addRule(function (action, subject) {',
    '  var allowed = [',
    ...[...allowed].map((act) => `    ${JSON.stringify(act)},`),
    '  ];',
    `  if (action.id == "org.freedesktop.systemd1.manage-units" && subject.user == ${JSON.stringify(user)} &&`,
    '      allowed.indexOf(action.lookup("verb") + " " + action.lookup("unit")) >= 0) {',
    '    return polkit.Result.YES;',
    '  }',
    '});',
    'END',
  ].join('\n');
}

/** The line of sudoers(5) that allows exactly this command without a password; `program` is its full path. */
export function sudoersLine(user: string, { runAs, command: [, ...rest] }: SudoAct, program: string): string {
  const words = [program, ...rest].map((word) => word.replaceAll(/[\\,:=\s*?[\]!]/g, (special) => `\\${special}`));
  // Without arguments any would be allowed.
  return `${user} ALL=(${runAs}) NOPASSWD: ${words.join(' ')}${rest.length === 0 ? ' ""' : ''}`;
}
