import type { NotificationKind } from '../core/notification.ts';
import type { MailKind } from './mail-kind.ts';
import { acknowledgementEnded } from './mails/acknowledgement-ended.ts';
import { acknowledgementEnding } from './mails/acknowledgement-ending.ts';
import { assigned } from './mails/assigned.ts';
import { causeMissing } from './mails/cause-missing.ts';
import { configurationRejected } from './mails/configuration-rejected.ts';
import { digest } from './mails/digest.ts';
import { drill } from './mails/drill.ts';
import { escalated } from './mails/escalated.ts';
import { escalationExhausted } from './mails/escalation-exhausted.ts';
import { flappingEnded } from './mails/flapping-ended.ts';
import { flappingStarted } from './mails/flapping-started.ts';
import { group } from './mails/group.ts';
import { merged } from './mails/merged.ts';
import { noLongerWatched } from './mails/no-longer-watched.ts';
import { opened } from './mails/opened.ts';
import { raised } from './mails/raised.ts';
import { recipientRefused } from './mails/recipient-refused.ts';
import { recovered } from './mails/recovered.ts';
import { released } from './mails/released.ts';
import { reminder } from './mails/reminder.ts';
import { reopened } from './mails/reopened.ts';
import { reportJoined } from './mails/report-joined.ts';
import { reportUnanswered } from './mails/report-unanswered.ts';
import { reported } from './mails/reported.ts';
import { selfTrouble } from './mails/self-trouble.ts';
import { servicesRemoved } from './mails/services-removed.ts';
import { stillFailing } from './mails/still-failing.ts';
import { taken } from './mails/taken.ts';
import { test } from './mails/test.ts';

/** How each kind of notification reads: one line a kind. */
export const mailKinds: Readonly<Record<NotificationKind, MailKind>> = {
  opened,
  escalated,
  reminder,
  taken,
  released,
  assigned,
  'acknowledgement-ending': acknowledgementEnding,
  'acknowledgement-ended': acknowledgementEnded,
  raised,
  reopened,
  merged,
  recovered,
  'flapping-started': flappingStarted,
  'flapping-ended': flappingEnded,
  'still-failing': stillFailing,
  reported,
  'report-joined': reportJoined,
  'report-unanswered': reportUnanswered,
  'cause-missing': causeMissing,
  'no-longer-watched': noLongerWatched,
  'escalation-exhausted': escalationExhausted,
  group,
  digest,
  'configuration-rejected': configurationRejected,
  'services-removed': servicesRemoved,
  'recipient-refused': recipientRefused,
  'self-trouble': selfTrouble,
  test,
  drill,
};
