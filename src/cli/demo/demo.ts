import { exitStatus, Stop } from '../stop.ts';
import type { World } from '../world.ts';
import { Narrator } from './narrator.ts';
import { Office } from './office.ts';
import { tellStory } from './story.ts';
import type { Tempo } from './tempo.ts';

/**
 * Plays an outage with real servers on loopback and the daemon as a process, and tells it step by step. Gives the exit
 * status; rejects with a Stop where the story does not come out as it should, and with the signal's reason when that
 * aborts. Whatever happens, everything is ended and removed before.
 */
export async function playDemo(world: World, tempo: Tempo, signal: AbortSignal): Promise<number> {
  const narrator = new Narrator(world);
  narrator.say('a small office, all of it on this machine: a website, a file server, a mail server');
  try {
    await play(world, narrator, tempo, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw asStop(error);
  }
  narrator.say('everything came out as it should; all of it is ended and removed');
  return exitStatus.done;
}

function asStop(error: unknown): Stop {
  if (error instanceof Stop) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new Stop(`the story went wrong: ${why}`, exitStatus.no, { cause: error });
}

async function play(world: World, narrator: Narrator, tempo: Tempo, signal: AbortSignal): Promise<void> {
  const onMail = narrator.mail.bind(narrator);
  await using office = await Office.open({ tempo, columns: narrator.columns, signal, onMail });
  narrator.say('its configuration; times are short here, in an office they are minutes:');
  narrator.quote(office.configuration);
  try {
    await tellStory({ office, narrator, tempo });
  } catch (error) {
    if (!signal.aborted) for (const line of office.lastWords()) world.err(`      ${line}\n`);
    throw error;
  }
}
