import { type Configuration, loadConfiguration } from '../config/configuration.ts';
import { formatProblem } from '../config/problem.ts';
import type { Call } from './commands/contract.ts';
import { secretPlaces } from './secret-places.ts';
import { Stop } from './stop.ts';

/** The configuration; where it is wrong, every mistake is said on standard error and a Stop follows. */
export async function configured({ configuration, world }: Call<unknown>): Promise<Configuration> {
  const loaded = await loadConfiguration(configuration, secretPlaces(world.env));
  if (loaded.ok) return loaded.configuration;
  for (const problem of loaded.problems) world.err(`${formatProblem(problem)}\n`);
  const count = loaded.problems.length;
  throw new Stop(`${configuration} is not valid: ${count === 1 ? '1 problem' : `${count} problems`}`);
}
