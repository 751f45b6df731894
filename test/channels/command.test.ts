import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deliveryId } from '../../src/channels/support/delivery-id.ts';
import { eventOf } from '../../src/channels/support/event.ts';
import { secret } from '../../src/lib/secret.ts';
import { type Scripts, scriptFolder } from '../net/support/scripts.ts';
import { incident, message, reportOf } from '../texts/sample.ts';
import { channelOf, deliver } from './support/deliver.ts';

const command = channelOf('command');

let scripts: Scripts;
beforeEach(() => {
  scripts = scriptFolder();
});
afterEach(() => scripts[Symbol.dispose]());

function written(name: string): string {
  return readFileSync(join(scripts.folder, name), 'utf8');
}

describe('a program', () => {
  it('gets the event as JSON on standard input, letter by letter', async () => {
    const about = message({ language: 'de', incidents: [incident({ serviceName: 'Bürodrucker 🖨 "3. OG"' })] });
    const program = scripts.add('send-sms', `cat > ${scripts.folder}/input; echo queued as 42; echo more`);

    const outcome = await deliver(command, [program], about);

    expect(outcome).toEqual({ state: 'sent', response: 'queued as 42' });
    expect(written('input')).toBe(JSON.stringify(eventOf(about)));
  });

  it('finds the main facts in its environment, and nothing of ours', async () => {
    vi.stubEnv('SMTP_PASSWORD', 'canary');
    const about = message();
    const program = scripts.add('send-sms', `env > ${scripts.folder}/env`);

    await deliver(command, [program], about);
    vi.unstubAllEnvs();

    const lines = written('env').split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'INCIDENTD_EVENT=opened',
        'INCIDENTD_REASON=level-1',
        'INCIDENTD_ID=INC-2026-0042',
        'INCIDENTD_PRIORITY=P1',
        `INCIDENTD_SUBJECT=${eventOf(about).subject}`,
        `INCIDENTD_DELIVERY=${deliveryId(about.notification)}`,
      ]),
    );
    expect(written('env')).not.toContain('canary');
  });

  it('gets its arguments as they are written, without a shell', async () => {
    const program = scripts.add('send-sms', `printf '%s\\n' "$@" > ${scripts.folder}/arguments`);

    await deliver(command, [program, '+49 170', '$(id); "x"', secret('*')]);

    expect(written('arguments')).toBe('+49 170\n$(id); "x"\n*\n');
  });

  it('gets no words of staff for a reader outside', async () => {
    const program = scripts.add('send-sms', `cat > ${scripts.folder}/input; env >> ${scripts.folder}/input`);

    await deliver(command, [program], message({ incidents: [reportOf('Frau Meier weint')], contact: { outside: true } }));

    expect(written('input')).not.toContain('Meier');
  });

  it('may leave its input unread', async () => {
    const many = Array.from({ length: 90 }, (_, index) => incident({ id: `INC-2026-${index}` }));

    const outcome = await deliver(command, ['/bin/true'], message({ incidents: many, notification: { kind: 'group' } }));

    expect(outcome).toEqual({ state: 'sent', response: 'true ended well' });
  });
});

describe('its end', () => {
  it.each([
    [0, 'sent'],
    [1, 'retry'],
    [2, 'retry'],
    [64, 'refused'],
    [65, 'refused'],
    [66, 'retry'],
    [67, 'refused'],
    [68, 'refused'],
    [69, 'retry'],
    [70, 'retry'],
    [75, 'retry'],
    [77, 'refused'],
    [78, 'refused'],
    [126, 'refused'],
    [127, 'refused'],
    [255, 'retry'],
  ])('with status %d means %s', async (status, state) => {
    const outcome = await deliver(command, ['/bin/sh', '-c', `echo said; exit ${status}`]);

    expect(outcome.state).toBe(state);
    expect(outcome.response).toContain('said');
  });

  it.each<[string, unknown, string, RegExp]>([
    ['missing', ['/nowhere/send-sms'], 'refused', /^there is no program send-sms on this machine/],
    ['not to be run', ['/etc/passwd'], 'refused', /^passwd may not be run by this user/],
    ['a folder', ['/etc/passwd/x'], 'refused', /could not be started \(ENOTDIR\)/],
    ['killed', ['/bin/sh', '-c', 'kill -TERM $$'], 'retry', /^sh was ended by SIGTERM/],
    ['flooding', ['/bin/sh', '-c', 'yes | head -c 10000000; sleep 5'], 'uncertain', /^sh wrote more than 64 KiB/],
  ])('when it is %s means what it can', async (_, run, state, words) => {
    const outcome = await deliver(command, run);

    expect(outcome.state).toBe(state);
    expect(outcome.response).toMatch(words);
  });

  it('is made at the deadline, with everything that it has started', async () => {
    const program = scripts.add('send-sms', `trap "" TERM; (sleep 30; : ${scripts.folder}) & sleep 30`);

    const outcome = await deliver(command, [program], undefined, { signal: AbortSignal.timeout(300) });

    expect(outcome).toEqual({ state: 'uncertain', response: 'send-sms did not end in time and was stopped' });
    await vi.waitFor(() => expect(scripts.running()).toEqual([]), 2000);
  });
});

describe('the deadline of a program', () => {
  afterEach(() => vi.restoreAllMocks());

  it('is a minute, although nobody else sets one', async () => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    const asked = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(200));

    const { state } = await deliver(command, ['/bin/sleep', '30']);

    expect(state).toBe('uncertain');
    expect(asked).toHaveBeenCalledWith(60_000);
  });
});

describe('what it says', () => {
  it('is one clean line, cut', async () => {
    const { response } = await deliver(command, ['/bin/sh', '-c', "printf '\\n\\033[31mred\\000\\nnext'; exit 1"]);
    const long = await deliver(command, ['/bin/sh', '-c', 'yes x | head -3000 | tr -d "\\n"']);

    expect(response).toBe('sh ended with status 1: red');
    expect(long.response).toHaveLength(300);
  });

  it('shows no secret, whole or cut', async () => {
    const canary = secret(`canary-${'x'.repeat(150)}`);
    const script = 'printf "%200s %s" "" "$1"; exit 1';

    const plain = await deliver(command, ['/bin/sh', '-c', 'echo "bad key $1"; exit 67', 'sms', secret('canary-key')]);
    const late = await deliver(command, ['/bin/sh', '-c', script.replace('%200s', 'a'.repeat(260)), 'sms', canary]);

    expect(plain.response).toBe('sh ended with status 67 (unknown recipient): bad key ***');
    expect(late.response).not.toContain('canary');
  });

  it('does not name the program where that is secret', () => {
    expect(command.describe(command.schema.parse({ run: [secret('/opt/canary'), 'x'] }))).toBe('***');
    expect(command.describe(command.schema.parse({ run: ['/usr/local/bin/send-sms', '+49'] }))).toBe('send-sms');
  });
});
