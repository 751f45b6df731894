import { exitStatus } from '../stop.ts';
import { defineCommand, jsonOption } from './contract.ts';

export const validate = defineCommand<readonly [], { readonly json?: true }>({
  name: 'validate',
  group: 'Run',
  summary: 'check the configuration: every error, or what it means',
  options: [jsonOption],
  more: ['Errors are file:line:col: message, on standard error; exit status 1.'],
  run: async (call) => {
    const { validation } = await import('../validation.ts');
    const { world, options } = call;
    const result = await validation(call.configuration, world);
    if (options.json) world.out(`${JSON.stringify(result.json, null, 2)}\n`);
    else {
      world.out(result.lines.map((line) => `${line}\n`).join(''));
      world.err(result.errors.map((line) => `${line}\n`).join(''));
    }
    return result.ok ? exitStatus.done : exitStatus.no;
  },
});
