import { join, resolve } from 'node:path';
import { lookAtUnit } from '../../../diagnosis/machine/unit.ts';
import { type Finding, unclear, well, wrong } from '../finding.ts';
import type { Examination, Patient } from '../patient.ts';
import { tryAddress } from '../try-address.ts';

const unit = 'incidentd.service';

/** Whether somebody notices when this machine or the daemon ends: the service that waits for our calls, and systemd. Nothing is called. */
export const watchdog: Examination = {
  name: 'watchdog',
  withinMs: 6000,
  examine: async (patient, signal) => (await Promise.all([called(patient, signal), started(patient, signal)])).flat(),
};

async function called({ configuration }: Patient, signal: AbortSignal): Promise<readonly Finding[]> {
  const url = configuration?.watchdog?.url;
  return url === undefined ? [] : [await tryAddress('watchdog.url', url, 'watchdog.url', signal)];
}

async function started(patient: Patient, signal: AbortSignal): Promise<readonly Finding[]> {
  if (patient.env.NOTIFY_SOCKET) return [well('systemd', 'has started this, and is told that it lives')];
  const seen = await lookAtUnit(unit, signal);
  if (seen.saw !== 'unit') return seen.saw === 'unclear' ? [unclear('systemd', seen.detail)] : [];
  if (seen.load === 'not-found') {
    return [unclear('systemd', `there is no unit ${unit}: nothing starts the daemon after a boot`, unitFile(patient))];
  }
  if (seen.file.startsWith('enabled')) return [well('systemd', `${unit} is ${seen.file} and ${seen.active}`)];
  const says = `${unit} is ${seen.file || 'not enabled'}: nothing starts it after a boot`;
  return [wrong('systemd', says, `systemctl enable --now ${unit}   # as root`)];
}

const checkout = resolve(import.meta.dirname, '../../../..');

/** The smallest unit that starts what was tried here. */
function unitFile({ user, path, folder }: Patient): string {
  const words = [
    '/bin/sh',
    join(checkout, '.ci/node'),
    join(checkout, 'src/main.ts'),
    'run',
    '-c',
    resolve(path),
    '--state',
    resolve(folder),
  ];
  return [
    `cat > /etc/systemd/system/${unit} <<'END'   # as root`,
    '[Unit]',
    'Wants=network-online.target',
    'After=network-online.target',
    '[Service]',
    `User=${user.name}`,
    `ExecStart=${words.map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(' ')}`,
    'Restart=always',
    'RestartSec=5',
    '[Install]',
    'WantedBy=multi-user.target',
    'END',
    `systemctl daemon-reload && systemctl enable --now ${unit}`,
  ].join('\n');
}
