import { sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { callLetter, newsLetter } from '../parts/letters.ts';
import { state } from '../parts/state.ts';

const words = sentences({
  en: {
    works: 'It no longer comes and goes.',
    fails: 'It no longer comes and goes, but keeps failing now, so somebody is needed.',
  },
  de: {
    works: 'Das ständige Auf und Ab ist vorbei.',
    fails: 'Das ständige Auf und Ab ist vorbei, aber nun bleibt es gestört; jetzt wird jemand gebraucht.',
  },
});

/** Its check has become steady, one way or the other: to all who were told. */
export const flappingEnded = incidentMail('flapping-ended', (incident, view) => {
  const texts = words(view.language);
  if (incident.status !== 'open') return newsLetter(incident, view, [texts.works, state(incident, view)]);
  return callLetter(incident, view, [texts.fails, state(incident, view)]);
});
