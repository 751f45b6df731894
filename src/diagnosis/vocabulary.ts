/** What looks can see, as closed lists of words, and what each word says about its layer. */
import type { Finding, Layer, Way } from '../core/diagnosis.ts';
import type { CauseCode } from '../core/observation.ts';

type Verdict = Finding['verdict'];

/** One small look each; `others` are name servers elsewhere than those that are used. */
export const vocabulary = {
  link: { up: 'good', unplugged: 'bad', 'no-address': 'bad', 'no-route': 'bad', 'no-ipv6': 'bad', unclear: 'unclear' },
  gateway: { answers: 'good', silent: 'bad', unclear: 'unclear' },
  resolver: { answers: 'good', silent: 'bad', none: 'bad', unclear: 'unclear' },
  others: { answer: 'good', silent: 'bad', unclear: 'unclear' },
  internet: { answers: 'good', silent: 'bad', unclear: 'unclear' },
  address: {
    found: 'good',
    'no-such-name': 'bad',
    'no-record': 'bad',
    'server-failed': 'bad',
    refused: 'bad',
    unanswered: 'bad',
    unclear: 'unclear',
  },
  host: { answers: 'good', 'answers-slowly': 'bad', 'answers-no-ping': 'good', silent: 'bad', unclear: 'unclear' },
  port: { open: 'good', closed: 'bad', filtered: 'bad', unclear: 'unclear' },
  tls: {
    good: 'good',
    expired: 'bad',
    untrusted: 'bad',
    'other-name': 'bad',
    broken: 'bad',
    silent: 'bad',
    unclear: 'unclear',
  },
  application: {
    'server-error': 'bad',
    'nothing-behind': 'bad',
    'not-found': 'bad',
    denied: 'bad',
    'too-many': 'bad',
    'as-told': 'bad',
    slow: 'bad',
  },
  machine: { counted: 'unclear', unclear: 'unclear' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Verdict>>>>;

export type LookName = keyof typeof vocabulary;
export type Word<Look extends LookName> = Look extends LookName ? keyof (typeof vocabulary)[Look] : never;

interface Seen {
  readonly saw: string;
  readonly subject: string;
  readonly detail: string;
}

/** What one look saw: the word for the table, and what people read. */
export interface Sight<Look extends LookName> extends Seen {
  readonly saw: Word<Look>;
}

/**
 * Where the target stands, seen from this machine: on it (`self`), on a network that it is connected to (`near`), behind a
 * gateway on a private address (`beyond`) or a public one (`internet`); `unknown` without an address, `none` without a target.
 */
export type Place = 'self' | 'near' | 'beyond' | 'internet' | 'unknown' | 'none';

/** Everything that the table decides by; a look that was not made is absent. */
export type Facts = {
  /** What the check's own look said. */
  readonly said: CauseCode;
  readonly place: Place;
  readonly transport: Way['transport'] | 'none';
} & { readonly [Look in LookName]?: Word<Look> };

/** A look's words as a finding. */
export function findingOf(look: LookName, { saw, subject, detail }: Seen): Finding {
  const verdicts: Readonly<Record<string, Verdict>> = vocabulary[look];
  return { layer: layerOf(look), verdict: verdicts[saw] ?? 'unclear', subject, detail };
}

function layerOf(look: LookName): Layer {
  return look === 'others' ? 'resolver' : look;
}
