import { z } from 'zod';
import { defineProbe, type Probe, TargetError, type Typed } from './contract.ts';
import { pattern, port, textOrSecret } from './support/options.ts';
import { asSecretAs, hostAndPort, oneWord, parseAuthority, shown } from './support/target.ts';

const schema = z.strictObject({
  host: textOrSecret,
  port,
  /** Sent after connecting. */
  send: textOrSecret.optional(),
  /** What the other side must say within its first 16 KiB. */
  expect: pattern.optional(),
});
export type TcpOptions = z.output<typeof schema>;

const expected = 'host:port such as db:5432, or a port alone where the service has a host';

/** Watches a TCP port: whether it accepts connections and, if asked, what it says. */
export const tcp: Probe<TcpOptions> = defineProbe<TcpOptions>({
  kind: 'tcp',
  summary: 'Connects to a TCP port and, where wanted, looks at what the other side says',
  category: 'application',
  schemes: ['tcp'],
  schema,
  measures: [
    {
      name: 'time',
      unit: 'ms',
      sort: 'current',
      worse: 'above',
      main: true,
      about: 'from asking for the name to the connection, or to the expected answer',
    },
  ],
  target,
  describe: (options) => hostAndPort(shown(options.host), options.port),
  run: async () => Promise.reject(new Error('not built yet')),
  example: `- tcp: db:5432
- tcp: mail.example.com:25
  expect: /^220 /
- tcp: cache:6379
  send: "PING\\r\\n"
  expect: PONG`,
});

function target(typed: Typed, host: string | null): Pick<TcpOptions, 'host' | 'port'> {
  const word = oneWord(typed, expected);
  if (word === null) throw new TargetError(`tcp needs ${expected}`);
  if (host !== null && /^\d{1,5}$/.test(shown(word))) return { host, port: Number(shown(word)) };
  const parsed = parseAuthority(word, 'tcp');
  if (parsed === null || parsed.port === null) throw new TargetError(`expected ${expected}, found "${shown(word)}"`);
  return { host: asSecretAs(word, parsed.host), port: parsed.port };
}
