import { lookAtClock } from '../../../diagnosis/machine/clock.ts';
import { dateTimeText } from '../../../texts/times.ts';
import { type Finding, unclear, well, wrong } from '../finding.ts';
import type { Examination, Patient } from '../patient.ts';

const firstYear = 2026;
const lastYear = 2099;
const follow = 'apt install systemd-timesyncd && timedatectl set-ntp true';

/** Whether the clock is right as far as this machine can know, and in which zone it is read. */
export const clock: Examination = {
  name: 'clock',
  withinMs: 4000,
  examine: async (patient, signal) => [await synchrony(signal), ...year(patient), ...zone(patient)],
};

async function synchrony(signal: AbortSignal): Promise<Finding> {
  const seen = await lookAtClock(signal);
  const about = 'synchronization';
  switch (seen.saw) {
    case 'synchronized':
      return well(about, `follows the time of others, says ${seen.by}`);
    case 'adrift':
      return wrong(about, `does not follow the time of others, says ${seen.by} (${seen.detail})`, follow);
    case 'unknown':
      return unclear(about, `${seen.detail}; in a container the host keeps the clock`, follow);
    default:
      return seen satisfies never;
  }
}

function year({ now }: Patient): readonly Finding[] {
  const found = new Date(now).getUTCFullYear();
  if (found >= firstYear && found <= lastYear) return [];
  return [
    wrong(
      'date',
      `this machine believes that it is the year ${found}`,
      `${follow}\ndate -s '2026-12-31 12:00'   # with the right time, where no time server is reached`,
    ),
  ];
}

function zone({ configuration, now }: Patient): readonly Finding[] {
  if (configuration === null) return [];
  const { timezone } = configuration.rules;
  try {
    return [well('time zone', `${timezone}: it is ${dateTimeText(now, timezone, 'en')}`)];
  } catch {
    return [wrong('time zone', `this machine knows no ${timezone}`, 'timezone: Europe/Berlin')];
  }
}
