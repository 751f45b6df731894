import type { World } from '../world.ts';

/** An option as commander reads it: `--for <duration>`; `parse` makes a value of what was typed, or throws. */
export interface OptionSpec {
  readonly flags: string;
  readonly about: string;
  parse?(typed: string): unknown;
}

/** An argument: `<id>`, `[service]`, `<text...>`; of several words `parse` gets each with what the ones before made. */
export interface ArgumentSpec {
  readonly name: string;
  readonly about: string;
  parse?(typed: string, before?: never): unknown;
}

/** What a command is called with besides its arguments. */
export interface Call<Options> {
  readonly world: World;
  readonly options: Options;
  /** The state folder. */
  readonly folder: string;
  /** Path of the configuration. */
  readonly configuration: string;
  /** Whether a person, or the environment, has named it. */
  readonly isConfigurationNamed: boolean;
}

/**
 * A command: one file, one `defineCommand` call, one line in the registry. What it needs beyond texts is imported by
 * `run`, so that every command starts fast.
 */
export interface Command<Args extends readonly unknown[] = readonly unknown[], Options = unknown> {
  readonly name: string;
  readonly group: 'Run' | 'Look' | 'Act';
  /** One line for the list of commands. */
  readonly summary: string;
  readonly arguments?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  /** Lines below the help: examples, and what is worth knowing. */
  readonly more?: readonly string[];
  /** Gives the exit status. A `Stop` ends it with a sentence. */
  run(call: Call<Options>, ...args: Args): Promise<number>;
}

/** Declares a command; exists for its types: arguments and options are what the specifications make of what was typed. */
export function defineCommand<Args extends readonly unknown[], Options>(command: Command<Args, Options>): Command<Args, Options> {
  return command;
}

/** Options that several commands have. */
export const jsonOption: OptionSpec = { flags: '--json', about: 'as JSON, for programs' };
export const byOption: OptionSpec = { flags: '--by <name>', about: 'who acts; default your login name' };

export const idArgument = { name: '<id>', about: 'INC-2026-0042, or its number 42' };
