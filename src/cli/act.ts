import type { Act, Answer } from '../core/event.ts';
import { timeText } from '../texts/times.ts';
import type { SiteJson } from '../web/api.ts';
import { answerSentence } from './answers.ts';
import { ask, NoDaemonError, type Question } from './client.ts';
import type { Call } from './commands/contract.ts';
import { noDaemon } from './no-daemon.ts';
import { personOf } from './person.ts';
import { exitStatus, Stop } from './stop.ts';

/** Has the daemon do a person's act and says what came of it: the exit status is 0 when done, 1 when refused. */
export async function act(call: Call<{ readonly by?: string }>, wanted: Act): Promise<number> {
  const { world, folder } = call;
  const by = personOf(call.options.by, world.env);
  const { timezone } = await askDaemon<SiteJson>(folder, { path: '/site' });
  const answer = await askDaemon<Answer>(folder, { path: '/acts', body: { act: wanted, by } });
  const sentence = answerSentence(answer, (at) => timeText(at, world.now(), timezone, 'en'));
  if (!answer.ok) throw new Stop(sentence);
  world.out(`${sentence}\n`);
  return exitStatus.done;
}

/** Asks a daemon that must be there. */
export async function askDaemon<Given>(folder: string, question: Question): Promise<Given> {
  try {
    const answer = await ask<Given>(folder, question);
    if (answer !== null) return answer;
  } catch (error) {
    throw error instanceof NoDaemonError ? noDaemon(folder) : error;
  }
  throw new Stop(`the daemon of ${folder} does not know ${question.path}; it is of another version`);
}
