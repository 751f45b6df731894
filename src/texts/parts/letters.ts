import type { Incident } from '../../core/incident.ts';
import { headline } from '../headline.ts';
import { type Letter, present } from '../letter.ts';
import type { View } from '../view.ts';
import { affectsRow } from './affected.ts';
import { marks } from './marks.ts';
import { nextRow } from './next.ts';
import { knowsRow, takeRow } from './people.ts';
import { background, briefSituation, sinceRow, situation } from './situation.ts';
import { remedyRows } from './tried.ts';

/** The letter of an incident that people are needed for: `lead` says why this mail comes. */
export function callLetter(incident: Incident, view: View, lead: readonly string[]): Letter {
  return {
    title: headline(incident, view.language, view.outside),
    lead: present([...lead, marks(incident, view)]),
    rows: present([...situation(incident, view), takeRow(incident, view), knowsRow(view), nextRow(incident, view)]),
    sections: background(incident, view),
  };
}

/** The letter of an incident that only brings news: what has changed, and what follows from it. */
export function newsLetter(incident: Incident, view: View, lead: readonly string[]): Letter {
  return {
    title: headline(incident, view.language, view.outside),
    lead,
    rows: present([
      ...briefSituation(incident, view),
      ...remedyRows(incident, view),
      takeRow(incident, view),
      nextRow(incident, view),
    ]),
    sections: [],
  };
}

/** The letter to somebody who has reported something and need not do anything: how it stands, and what follows. */
export function receiptLetter(incident: Incident, view: View, lead: readonly string[]): Letter {
  return {
    title: headline(incident, view.language, view.outside),
    lead,
    rows: present([sinceRow(incident, view), affectsRow(incident, view), nextRow(incident, view)]),
    sections: [],
  };
}
