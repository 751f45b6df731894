import { z } from 'zod';
import type { Observation } from '../core/observation.ts';
import { revealed } from '../lib/secret.ts';
import { connectTo } from '../net/connect.ts';
import { oneLine } from '../texts/clean.ts';
import { defineProbe, down, type Probe, type ProbeContext, unknown, up } from './contract.ts';
import { converse, type Dialogue } from './support/dialogue/dialogue.ts';
import { startTranscript } from './support/dialogue/transcript.ts';
import { endpoint } from './support/endpoint.ts';
import { pattern, port, textOrSecret } from './support/options.ts';
import { fromFailure, milliseconds, spoken } from './support/outcome.ts';
import { matches } from './support/pattern.ts';
import { hostAndPort, shown } from './support/target.ts';
import { wayTo } from './support/way.ts';

const schema = z.strictObject({
  host: textOrSecret.describe('name or address'),
  port: port.default(22).describe('number of the port'),
  expect: pattern
    .optional()
    .describe('text, or regular expression between slashes, that the identification must contain, such as `OpenSSH_9`'),
});
export type SshOptions = z.output<typeof schema>;

/** Watches whether an SSH server greets (RFC 4253 4.2). */
export const ssh: Probe<SshOptions> = defineProbe<SshOptions>({
  kind: 'ssh',
  summary: 'Connects to an SSH server, exchanges identifications as a client does, and leaves without logging in',
  category: 'host',
  schemes: ['ssh'],
  schema,
  measures: [
    {
      name: 'time',
      unit: 'ms',
      sort: 'current',
      worse: 'above',
      main: true,
      about: "from asking for the name to the server's identification",
    },
  ],
  target: (typed, host) => endpoint({ kind: 'ssh', expected: 'a host such as web1 or web1:2222', usualPort: 22 }, typed, host),
  describe: (options) => hostAndPort(shown(options.host), options.port),
  run,
  way: ({ host, port }) => wayTo(host, { port, transport: 'tcp' }),
  sentences: {
    'auth-failed': { en: 'it takes no new logins at the moment', de: 'nimmt zurzeit keine neuen Anmeldungen an' },
    content: { en: 'another SSH server answers than the expected one', de: 'es antwortet ein anderer SSH-Server als erwartet' },
  },
  firstSteps: {
    'auth-failed': {
      en: 'Look on the machine who keeps connecting: too many connections wait for a login, perhaps an attack.',
      de: 'Auf dem Rechner nachsehen, wer sich dauernd verbindet: Zu viele Verbindungen warten auf eine Anmeldung, vielleicht ein Angriff.',
    },
    'protocol-error': {
      en: 'Look at the log of the SSH server: it turns this machine away, or another program listens on the port.',
      de: 'Ins Protokoll des SSH-Servers schauen: Er weist diesen Rechner ab, oder ein anderes Programm lauscht dort.',
    },
  },
  example: `- ssh: web1:2222
  warning: 2s
- ssh: gateway
  expect: /OpenSSH_(9|10)/`,
});

async function run(options: SshOptions, { signal, resolver }: ProbeContext): Promise<Observation> {
  const begun = performance.now();
  const connected = await connectTo({ host: revealed(options.host), port: options.port, signal, resolver });
  if (!connected.ok) return fromFailure(connected);
  using dialogue = converse(connected, signal, startTranscript([]));
  dialogue.say('SSH-2.0-incidentd');
  const heard = await hearIdentification(dialogue);
  return typeof heard === 'string' ? judge(heard, connected.where, options.expect, performance.now() - begun) : heard;
}

/** What a server says instead of its identification when it turns everybody away: OpenSSH's MaxStartups and PerSourcePenalties. */
const turnedAway = /exceeded maxstartups|not allowed at this time/i;

/** The server's identification; other lines may come before it. */
async function hearIdentification({ hear, where }: Dialogue): Promise<string | Observation> {
  let other: string | null = null;
  for (;;) {
    const line = await hear('its identification');
    if (line.ok && line.text.startsWith('SSH-')) return line.text;
    if (line.ok && turnedAway.test(line.text))
      return down('auth-failed', `${where} takes no new logins: "${oneLine(line.text, 80)}"`);
    if (line.ok) other ??= line.text;
    else if (other === null) return fromFailure(line);
    else return down('protocol-error', `${where} is no SSH server, it says "${oneLine(other, 80)}"`);
  }
}

function judge(identification: string, where: string, expected: string | undefined, timeMs: number): Observation {
  const time = milliseconds('time', timeMs);
  const said = oneLine(identification, 120);
  const [, version = '', software = ''] = /^SSH-([\d.]+)-(.+)$/.exec(said) ?? [];
  if (version !== '2.0' && version !== '1.99') return down('protocol-error', `${where} does not speak SSH 2: "${said}"`, [time]);
  switch (expected === undefined ? 'match' : matches(expected, identification)) {
    case 'match':
      return up(`${where} greets as ${software} after ${spoken(timeMs)}`, [time]);
    case 'no-match':
      return down('content', `${where} greets as "${said}", expected ${expected}`, [time]);
    case 'too-slow':
      return unknown(`the expression ${expected} takes too long on this answer; write a simpler one`);
  }
}
