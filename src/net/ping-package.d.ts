/** The parts of the npm package `ping` that are used by themselves: its arguments and its parser. */

declare module 'ping/lib/builder/linux.js' {
  import type { PingConfig } from 'ping';

  const builder: { getCommandArguments(target: string, config: PingConfig): string[] };
  export = builder;
}

declare module 'ping/lib/parser/linux.js' {
  /** Figures are numbers as text, or `unknown`. */
  interface Figures {
    readonly alive: boolean;
    readonly packetLoss: unknown;
    readonly avg: unknown;
  }
  const Parser: new (address: string, config: object) => { eat(line: string): unknown; getResult(): Figures };
  export = Parser;
}
