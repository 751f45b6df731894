import { exitStatus } from '../stop.ts';
import { typedName } from '../typed.ts';
import { defineCommand } from './contract.ts';

export const testMail = defineCommand<readonly [string], object>({
  name: 'test-mail',
  group: 'Run',
  summary: 'send one mail and say what the server answered',
  arguments: [{ name: '<contact>', about: 'a contact of the configuration', parse: typedName }],
  more: [
    'A contact with other channels is told by these, too. Works without a running daemon. Exit status 1: it was not accepted.',
  ],
  run: async (call, name) => {
    const { configured } = await import('../configured.ts');
    const { sendTestMails } = await import('../test-mails.ts');
    const accepted = await sendTestMails(name, await configured(call), call);
    return accepted ? exitStatus.done : exitStatus.no;
  },
});
