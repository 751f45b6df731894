import type { Incident } from '../core/incident.ts';
import type { NotificationKind } from '../core/notification.ts';
import { incidentTitle } from './headline.ts';
import { notificationKindWords } from './kinds.ts';
import type { Letter } from './letter.ts';
import type { View } from './view.ts';

/** How one kind of notification reads. One file in `mails/`, one line in `mail-kinds.ts`. */
export interface MailKind {
  readonly kind: NotificationKind;
  /** The subject after its tag, where it is not the incident's own or the list of incidents. */
  readonly subject?: (view: View) => string;
  /** The tag where the state of the incidents does not give it; null leaves it to them. */
  readonly tag?: (view: View) => string | null;
  letter(view: View): Letter;
}

/** A kind that tells of one incident; should that be missing, the mail says what it would have been about. */
export function incidentMail(
  kind: NotificationKind,
  letter: (incident: Incident, view: View) => Letter,
  tag?: MailKind['tag'],
): MailKind {
  return {
    kind,
    ...(tag === undefined ? {} : { tag }),
    letter: (view) => {
      const [incident] = view.incidents;
      return incident === undefined ? missing(view) : letter(incident, view);
    },
  };
}

function missing(view: View): Letter {
  const title = notificationKindWords[view.language][view.notification.kind];
  return { title, lead: view.notification.incidents, rows: [], sections: [] };
}

/** A kind that tells of incidentd itself: the tag says so, the subject is its own. */
export function selfMail(
  kind: NotificationKind,
  subject: (view: View) => string,
  letter: (view: View) => Omit<Letter, 'title'>,
): MailKind {
  return {
    kind,
    subject,
    tag: () => 'incidentd',
    letter: (view) => ({ title: subject(view), ...letter(view) }),
  };
}

/** Number and headline of an incident that this one belongs to, as far as it is at hand. */
export function titleOf(id: string, view: View): string {
  const incident = view.incidents.find((candidate) => candidate.id === id);
  return incident === undefined ? id : incidentTitle(incident, view.language, view.outside);
}
