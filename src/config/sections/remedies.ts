/** `remedies:` of a service — what may be tried when it fails. */
import { z } from 'zod';
import { hidden, webAddress } from '../../channels/support/options.ts';
import { type CauseCode, causeCodes } from '../../core/observation.ts';
import type { RemedyRule } from '../../core/rules.ts';
import { parseDuration } from '../../lib/duration.ts';
import { isSecret, type Secret } from '../../lib/secret.ts';
import type { BoundRemedy, Doing } from '../../remedies/contract.ts';
import { labelOf } from '../../remedies/label.ts';
import { defined } from '../defined.ts';
import { allRepeatable, redact, secretsIn } from '../redact.ts';
import { duration } from '../scalars/numbers.ts';
import { either, oneOrMore, scalar } from '../scalars/scalar.ts';

const atMost = scalar<RemedyRule['atMost']>({ type: 'rate', words: 'a limit such as 2 per 1h' }, (typed) => {
  const match = /^(\d{1,3})\s+per\s+(\S+)$/.exec(typed.trim());
  const times = Number(match?.[1]);
  const perMs = parseDuration(match?.[2] ?? '');
  return match && times > 0 && perMs !== null && perMs >= 60_000 ? { value: { times, perMs } } : null;
});

const causes = either('a cause such as port-closed, a list of causes, or any', [
  z.literal('any'),
  oneOrMore(z.enum(causeCodes), 'a cause such as port-closed'),
]);

const word = z
  .union([z.string().min(1).max(2000), z.custom<Secret>(isSecret).meta({ type: 'string', minLength: 1 })], {
    error: 'expected a text, or a secret such as !env NAME or !file PATH',
  })
  .meta({ title: 'text or secret' });

const address = webAddress('a web address such as https://hooks.example/restart');
const hook = z.strictObject({
  url: address.describe('Called by POST. It may hold a token and is shown by its host only.'),
  secret: hidden('a text, better behind !file or !env', (text) => text !== '')
    .optional()
    .describe('Key of the signature in X-Incidentd-Signature: sha256=<hex HMAC-SHA256 of the body>.'),
});
const webhook = either('a web address, or a map with url and secret', [address.transform((url) => ({ url })), hook]);

const remedySchema = z
  .strictObject({
    when: causes.describe('Causes for which it is run, or any.'),
    run: z.array(word).min(1).max(100).optional().describe('Program and arguments, run without a shell.'),
    webhook: webhook.optional().describe('Or a web address that is called, alone or with a secret.'),
    at_most: atMost.prefault('2 per 1h').describe('How often in which time it may be run, whatever the incident.'),
    wait: duration('0s', '10m').prefault('30s').describe('Time that it is given to help before the checks decide.'),
    first: z
      .boolean()
      .default(false)
      .describe('`true`: people are told only when it has not helped, at most 2m later, never for a P1.'),
  })
  .superRefine(({ run, webhook: called }, context) => {
    if (run !== undefined && called !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['webhook'],
        message: 'run and webhook stand beside each other; make two remedies of them',
      });
    if (run === undefined && called === undefined)
      context.addIssue({ code: 'custom', message: 'nothing says what to do: write run: [program, …] or webhook: https://…' });
  });
type Written = z.output<typeof remedySchema>;

export const remediesSchema = z.array(remedySchema).max(50);

/** A remedy as the rules have it, and what it does. */
export interface Remedy {
  readonly rule: RemedyRule;
  readonly bound: BoundRemedy;
}

/** The remedies of a service; each has a key of its own, also where two do the same for different causes. */
export function remediesOf(service: string, remedies: readonly Written[]): readonly Remedy[] {
  const keys = new Set<string>();
  return remedies.map((remedy) => {
    const does = doingOf(remedy);
    const label = labelOf(does);
    const key = freeKey(keys, `${service}/remedy ${label}`, remedy.when);
    keys.add(key);
    const { when, at_most, wait, first } = remedy;
    const secrets = allRepeatable(secretsIn(does));
    return {
      rule: { key, when, label, atMost: at_most, waitMs: wait, first },
      bound: { does, conceal: (text) => redact(text, secrets) },
    };
  });
}

function doingOf({ run, webhook: called }: Written): Doing {
  return called === undefined ? { run: run ?? [] } : { webhook: defined(called) };
}

/** The first keeps its key whatever is added behind it: its budget is counted by that. */
function freeKey(taken: ReadonlySet<string>, base: string, when: readonly CauseCode[] | 'any'): string {
  const special = `${base} when ${when === 'any' ? when : when.join(', ')}`;
  for (const key of [base, special]) if (!taken.has(key)) return key;
  let number = 2;
  while (taken.has(`${special} ${number}`)) number += 1;
  return `${special} ${number}`;
}
