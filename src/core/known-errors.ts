import type { Incident } from './incident.ts';
import type { EarlierIncident, KnownError, Recall, Recalled } from './known-error.ts';

const similarLimit = 5;

/** An incident that is over, as later ones remember it. */
export function earlierOf(incident: Incident): EarlierIncident {
  const { id, service, serviceName, cause, openedAt, recoveredAt, resolution, remedies } = incident;
  const helped = remedies.findLast(({ state }) => state === 'helped');
  return {
    id,
    service,
    serviceName,
    code: cause.code,
    openedAt,
    tookMs: recoveredAt === null ? null : Math.max(0, recoveredAt - openedAt),
    ...(resolution?.cause === undefined ? {} : { cause: resolution.cause }),
    ...(resolution?.fix === undefined ? {} : { fix: resolution.fix }),
    ...(helped === undefined ? {} : { remedy: helped.label }),
  };
}

/**
 * What is known of incidents like the one that asks: from the history (null: it could not be asked), and from `live`, those of
 * the same service and cause that are over and have not gone there yet.
 */
export function knownErrorOf(asked: Recall, recalled: Recalled | null, live: readonly Incident[]): KnownError {
  const here = live.map(earlierOf);
  const isSame = ({ service, code }: EarlierIncident) => service === asked.service && code === asked.code;
  const isHere = ({ id }: EarlierIncident) => here.some((one) => one.id === id);
  const recalledOnes = recalled?.similar ?? [];
  const past = recalledOnes.filter((one) => !isHere(one));
  const same = [...here, ...past.filter(isSame)].toSorted((a, b) => b.openedAt - a.openedAt);
  const similar = [...same, ...past.filter((one) => !isSame(one))];
  const countedTwice = recalledOnes.filter((one) => isSame(one) && isHere(one)).length;
  const last = Math.max(recalled?.lastAt ?? 0, ...here.map(({ openedAt }) => openedAt));
  return {
    seen: (recalled?.seen ?? 0) - countedTwice + here.length,
    lastAt: last === 0 ? null : last,
    fix: fixOf(similar),
    similar: similar.slice(0, similarLimit),
  };
}

/** The first fix on record: a person's words, else a remedy that helped. */
function fixOf(list: readonly EarlierIncident[]): KnownError['fix'] {
  for (const { id, openedAt, tookMs, fix, remedy } of list) {
    if (fix !== undefined) return { text: fix, by: 'person', incident: id, openedAt, tookMs };
    if (remedy !== undefined) return { text: remedy, by: 'remedy', incident: id, openedAt, tookMs };
  }
  return null;
}
