/** What checks of mail servers measure, and their words for causes. */
import type { Sentences } from '../../../core/rules.ts';
import type { MeasureSpec } from '../../contract.ts';

export const mailMeasures: readonly MeasureSpec[] = [
  {
    name: 'time',
    unit: 'ms',
    sort: 'current',
    worse: 'above',
    main: true,
    about: 'from asking for the name to the last answer: greeting, TLS and, where wanted, the login',
  },
];

export const mailSentences: Sentences = {
  'port-closed': { en: 'its mail server accepts no connections', de: 'der Mailserver nimmt keine Verbindungen an' },
  timeout: { en: 'its mail server does not answer (timeout)', de: 'der Mailserver antwortet nicht (Zeitüberschreitung)' },
  slow: { en: 'its mail server answers too slowly', de: 'der Mailserver antwortet zu langsam' },
  'auth-failed': { en: 'its mail server refuses the login', de: 'der Mailserver lehnt die Anmeldung ab' },
  'protocol-error': {
    en: 'its mail server answers, but turns everybody away or makes no sense',
    de: 'der Mailserver antwortet, weist aber ab oder sagt nur Unverständliches',
  },
  content: { en: 'its mail server greets differently than expected', de: 'der Mailserver meldet sich anders als erwartet' },
  'tls-handshake': {
    en: 'no encrypted connection to its mail server can be made',
    de: 'zum Mailserver kommt keine verschlüsselte Verbindung zustande',
  },
  'tls-expired': { en: 'the certificate of its mail server has expired', de: 'das Zertifikat des Mailservers ist abgelaufen' },
};

export const mailFirstSteps: Sentences = {
  'port-closed': {
    en: 'Start the mail server’s program again; the machine itself is running.',
    de: 'Den Mailserver-Dienst neu starten; der Rechner selbst läuft.',
  },
  'auth-failed': {
    en: 'Try to log in to the same mailbox yourself; perhaps only the password that this check uses was changed.',
    de: 'Sich selbst an diesem Postfach anmelden; vielleicht wurde nur das Passwort geändert, das die Prüfung benutzt.',
  },
  'protocol-error': {
    en: 'Read below what the mail server says, then look at its log and whether its disk is full.',
    de: 'Unten lesen, was der Mailserver sagt, dann in sein Protokoll schauen und ob seine Platte voll ist.',
  },
  content: {
    en: 'Check whether the right program answers there; the last change to the mail server is the first suspect.',
    de: 'Prüfen, ob dort das richtige Programm antwortet; die letzte Änderung am Mailserver ist der erste Verdacht.',
  },
  'tls-handshake': {
    en: 'Check whether the mail server finds its certificate and key, and look at its log.',
    de: 'Prüfen, ob der Mailserver sein Zertifikat samt Schlüssel findet, und in sein Protokoll schauen.',
  },
};
