import { Command as Commander, CommanderError, Option } from 'commander';
import type { Command } from './commands/contract.ts';
import { commands } from './commands/registry.ts';
import { explained } from './explained.ts';
import { configurationPath, namedConfiguration, stateFolder, typedPath } from './places.ts';
import { exitStatus } from './stop.ts';
import { version } from './version.ts';
import { wrap } from './views/layout.ts';
import type { World } from './world.ts';

const headings = { Run: 'Run it:', Look: 'Look:', Act: 'Act on incidents:' } as const satisfies Record<Command['group'], string>;

const more = `
Examples:
  incidentd validate -c config/incidentd.yaml   is the configuration right?
  incidentd run --state ./state                 the daemon, in the foreground
  incidentd status                              what is up, what is open
  incidentd ack 42 --for 2h                     I take incident 42
  incidentd maintenance Website 1h              no alarms while I work on it

Exit status:
  0 done   1 the answer is no   2 wrong usage   3 another daemon is running

Files:
  configuration   -c FILE, else $INCIDENTD_CONFIG, else
                  /etc/incidentd/incidentd.yaml, else config/incidentd.yaml
  state folder    --state DIR, else $STATE_DIRECTORY, else
                  /var/lib/incidentd where it may be written, else ./state`;

/** Runs one command line (without the program's name) and gives its exit status. Never rejects. */
export async function runCommandLine(argv: readonly string[], world: World): Promise<number> {
  let status: number = exitStatus.done;
  const program = createProgram(world);
  for (const command of commands) {
    addCommand(program, command, world.columns, async (options, args) => {
      const typed = program.opts<{ state?: string; config?: string }>();
      const config = typedPath(typed.config, world.env);
      const folder = stateFolder(typedPath(typed.state, world.env), world.env);
      const configuration = configurationPath(config, world.env);
      const isConfigurationNamed = namedConfiguration(config, world.env) !== undefined;
      status = await command.run({ world, options, folder, configuration, isConfigurationNamed }, ...args);
    });
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.done : exitStatus.usage;
    return explained(error, world);
  }
}

function createProgram(world: World): Commander {
  return new Commander('incidentd')
    .description('Watches services, opens incidents, tells people until somebody takes them, and keeps the record.')
    .usage('COMMAND [arguments]')
    .addOption(new Option('-c, --config <file>', 'configuration'))
    .addOption(new Option('--state <folder>', 'state folder'))
    .version(`incidentd ${version()}`, '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .addHelpCommand(new Commander('help').argument('[command]').description('explain a command').helpGroup('More:'))
    .configureHelp({ showGlobalOptions: true, subcommandTerm: (command) => command.name() })
    .configureOutput({
      writeOut: (text) => world.out(text),
      writeErr: (text) => world.err(text),
      outputError: (text, write) => write(shortened(text.replace(/^error: /, 'incidentd: '))),
      getOutHelpWidth: () => world.columns,
      getErrHelpWidth: () => world.columns,
      getOutHasColors: () => world.colour,
      getErrHasColors: () => world.colour,
    })
    .showHelpAfterError('(incidentd --help lists the commands, incidentd COMMAND --help explains one)')
    .addHelpText('after', ({ command }) => (command.parent === null ? more : ''))
    .exitOverride();
}

const longestError = 400;
const keptOfError = { begin: 140, end: 140 };

/** An error repeats what was typed: where that is long its middle is left out, so that the reason stays. */
function shortened(text: string): string {
  if (text.length <= longestError) return text;
  return `${text.slice(0, keptOfError.begin)} … ${text.slice(-keptOfError.end)}`.toWellFormed();
}

type Action = (options: unknown, args: readonly unknown[]) => Promise<void>;

function addCommand(program: Commander, command: Command, columns: number, act: Action): void {
  const specified = command.arguments ?? [];
  const added = program
    .command(command.name)
    .summary(command.summary)
    .description(`${sentence(command.summary)}.`);
  added.helpGroup(headings[command.group]);
  for (const { name, about, parse } of specified) {
    if (parse === undefined) added.argument(name, about);
    else added.argument(name, about, parse as (typed: string, before: unknown) => unknown);
  }
  for (const { flags, about, parse } of command.options ?? []) {
    const option = new Option(flags, about);
    added.addOption(parse === undefined ? option : option.argParser((typed) => parse(typed)));
  }
  if (command.more !== undefined) added.addHelpText('after', () => `\n${paragraphs(command.more ?? [], columns).join('\n')}`);
  added.action((...received: readonly unknown[]) => act(added.opts(), received.slice(0, specified.length)));
}

/** Lines that begin with a space stay as they are. */
function paragraphs(lines: readonly string[], width: number): readonly string[] {
  return lines.flatMap((line) => (line.startsWith(' ') ? [line] : wrap(line, width)));
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
