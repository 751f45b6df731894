/** Situations of channels that call a web address. */
import { closedPort } from '../../net/support/servers.ts';
import { cut, type Hook, openHook, silence, status } from '../../support/hook.ts';
import type { Situation, SituationName } from './situation.ts';

/** All of them; `written` makes what stands under the contact of the address without a slash at its end. */
export function hooked(written: (origin: string) => unknown): Readonly<Record<SituationName, () => Promise<Situation>>> {
  const answered = (answer: Hook['answer']) => async (): Promise<Situation> => {
    const hook = await openHook(answer);
    return {
      written: written(hook.origin),
      taken: () => hook.calls.length,
      end: () => Promise.resolve(hook[Symbol.asyncDispose]()),
    };
  };
  return {
    accepting: answered(status(200, 'ok')),
    absent: async () => ({ written: written(`http://127.0.0.1:${await closedPort()}`), taken: () => 0 }),
    busy: answered(status(503, 'later')),
    refusing: answered(status(404, 'no such hook')),
    hanging: answered(silence),
    vanishing: answered(cut),
  };
}
