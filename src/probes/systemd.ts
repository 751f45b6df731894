import { z } from 'zod';
import type { Observation } from '../core/observation.ts';
import { formatDuration } from '../lib/duration.ts';
import { isSecret } from '../lib/secret.ts';
import { type ChildResult, runBounded } from '../net/child.ts';
import { oneLine } from '../texts/clean.ts';
import { defineProbe, type Probe, type ProbeContext, TargetError, type Typed, unknown } from './contract.ts';
import { judgeUnit, parseUnits, type Unit, unitProperties } from './support/processes/unit-state.ts';
import { oneWord } from './support/target.ts';

const schema = z.strictObject({
  unit: z
    .string()
    .regex(/^[\w:.\\@][\w:.\\@-]{0,254}$/, { error: 'expected the name of a unit such as nginx or backup.timer' })
    .describe('name of the unit; without an ending a service is meant'),
});
export type SystemdOptions = z.output<typeof schema>;

const expected = 'the name of a unit such as nginx or backup.timer';
/** How many units of one timer are looked at. */
const triggeredLimit = 5;

/** Watches the state of a unit of this machine's systemd. */
export const systemd: Probe<SystemdOptions> = defineProbe<SystemdOptions>({
  kind: 'systemd',
  summary:
    'Asks systemd of this machine for the state of a unit: active is up, starting and stopping are degraded, stopped, failed and masked are down. A service that runs and ends (`Type=oneshot`) is down when its last run has failed, and so is its timer',
  category: 'application',
  local: true,
  spawns: true,
  schema,
  measures: [
    {
      name: 'restarts',
      unit: 'count',
      sort: 'forewarning',
      worse: 'above',
      main: true,
      about: 'how often systemd has restarted the service by itself since somebody started it',
    },
  ],
  target,
  describe: ({ unit }) => unit,
  run,
  needs: () => [{ program: 'systemctl' }],
  sentences: {
    content: {
      en: 'the service does not run as it should on its machine',
      de: 'der Dienst läuft auf seinem Rechner nicht, wie er soll',
    },
    threshold: {
      en: 'the service ends again and again and is started anew',
      de: 'der Dienst bricht immer wieder ab und wird neu gestartet',
    },
  },
  firstSteps: {
    content: {
      en: 'Read what `systemctl status` and `journalctl -u` say of the unit, then start it again.',
      de: 'Nachlesen, was `systemctl status` und `journalctl -u` über die Unit sagen, und sie dann neu starten.',
    },
    threshold: {
      en: 'Read in `journalctl -u` why the service ends.',
      de: 'Mit `journalctl -u` nachlesen, warum der Dienst immer wieder abbricht.',
    },
  },
  example: `- systemd: nginx
  warning: 3
- systemd: backup.timer`,
});

function target(typed: Typed): { readonly unit: string } {
  const unit = oneWord(typed, expected);
  if (unit === null || isSecret(unit)) throw new TargetError(`systemd needs ${expected}`);
  return { unit };
}

async function run({ unit }: SystemdOptions, { signal, timeoutMs }: ProbeContext): Promise<Observation> {
  const seen = await ask([unit], signal);
  if (!('units' in seen)) return unknown(why(seen, timeoutMs));
  const [first] = seen.units;
  if (first === undefined) return unknown(`systemctl said nothing of ${unit} that can be understood`);
  const started = startedBy(first);
  if (started.length === 0) return judgeUnit(unit, first, []);
  const others = await ask(started, signal);
  return 'units' in others ? judgeUnit(unit, first, others.units) : unknown(why(others, timeoutMs));
}

/** Names of the units that a timer starts. */
function startedBy({ Id, Triggers }: Unit): readonly string[] {
  const names = Id?.endsWith('.timer') ? (Triggers ?? '').split(' ') : [];
  return names.filter((name) => name !== '').slice(0, triggeredLimit);
}

/** The units, or how asking ended. After `--` nothing is an option. */
async function ask(names: readonly string[], signal: AbortSignal): Promise<{ readonly units: readonly Unit[] } | ChildResult> {
  const properties = `--property=${unitProperties.join(',')}`;
  const result = await runBounded({ argv: ['systemctl', 'show', '--no-pager', properties, '--', ...names], signal });
  return result.end.how === 'exited' && result.end.code === 0 ? { units: parseUnits(result.stdout) } : result;
}

function why({ end, stderr }: ChildResult, timeoutMs: number): string {
  const said = oneLine(stderr.split('\n')[0] ?? '', 200);
  switch (end.how) {
    case 'exited':
      if (said.includes('not been booted with systemd'))
        return 'systemd does not run on this machine (in a container it seldom does); watch the program by `process` instead';
      if (said.includes('connect to bus'))
        return `systemd cannot be asked by this user (${said}); install dbus, and let incidentd reach /run/dbus/system_bus_socket`;
      return `systemctl ended with status ${end.code}: ${said || 'it said nothing'}`;
    case 'not-started':
      if (end.code === 'ENOENT') return 'there is no systemctl on this machine; watch the program by `process` instead';
      return `systemctl could not be started (${end.code})`;
    case 'aborted':
      return `systemctl gave no answer within ${formatDuration(timeoutMs)}; systemd itself may be hanging`;
    case 'signalled':
      return `systemctl was ended by ${end.name}`;
    case 'flooded':
      return 'systemctl wrote more than 1 MiB and was stopped';
  }
}
