/** What checks of all mail servers have in common; a kind adds its speech. */
import type { Probe } from '../../contract.ts';
import { lookAtMail } from './mail-look.ts';
import {
  describeMail,
  type MailOptions,
  type MailPorts,
  mailCertificate,
  mailOptions,
  mailTarget,
  mailWay,
} from './mail-options.ts';
import type { MailSpeech } from './mail-speech.ts';
import { mailFirstSteps, mailMeasures, mailSentences } from './mail-words.ts';

/** The part of a kind's definition that follows from its ports and its speech. */
export function mailServer(ports: MailPorts, speech: MailSpeech): Omit<Probe<MailOptions>, 'kind' | 'summary' | 'example'> {
  return {
    category: 'mail',
    schemes: [ports.kind, `${ports.kind}s`],
    schema: mailOptions,
    measures: mailMeasures,
    target: (typed, host) => mailTarget(ports, typed, host),
    describe: describeMail,
    way: mailWay,
    run: (options, context) => lookAtMail(speech, options, context),
    certificate: mailCertificate,
    sentences: mailSentences,
    firstSteps: mailFirstSteps,
  };
}
