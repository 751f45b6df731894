/** Looking up the name. */
import type { Row } from './row.ts';

const said = ['dns-failure', 'timeout', 'unknown'] as const;

const atTheNameServer = {
  en: 'Look whether the machine with the name server (often the router) runs, and restart it.',
  de: 'Nachsehen, ob das Gerät mit dem Nameserver (oft der Router) läuft, und es neu starten.',
};

export const names: readonly Row[] = [
  {
    name: 'no name server is configured',
    when: { said, address: ['unanswered', 'unclear'], resolver: ['none'] },
    code: 'dns-failure',
    sentence: {
      en: 'its name cannot be looked up: the monitoring server has no name server entered',
      de: 'der Name lässt sich nicht auflösen: Beim Überwachungsserver ist kein Nameserver eingetragen',
    },
    meaning: {
      en: 'The fault lies in the monitoring server’s settings. The service itself may be working.',
      de: 'Der Fehler steckt in den Einstellungen des Überwachungsservers. Der Dienst selbst läuft vielleicht.',
    },
    firstStep: {
      en: 'Enter a name server in /etc/resolv.conf (or the network settings) of the monitoring server.',
      de: 'In /etc/resolv.conf (oder den Netzwerkeinstellungen) des Überwachungsservers einen Nameserver eintragen.',
    },
  },
  {
    name: 'the own name server is silent, others answer',
    when: { said, address: ['unanswered', 'unclear'], resolver: ['silent'], others: ['answer'] },
    code: 'dns-failure',
    sentence: {
      en: 'its name cannot be looked up, because the office’s name server does not answer',
      de: 'der Name lässt sich nicht auflösen, weil der Nameserver im Büro nicht antwortet',
    },
    meaning: {
      en: 'The internet works and other name servers answer; only the one of the office is silent. Much will seem broken.',
      de: 'Das Internet geht, andere Nameserver antworten; nur der im Büro schweigt. Vieles wirkt dadurch kaputt.',
    },
    firstStep: atTheNameServer,
  },
  {
    name: 'the name server is silent',
    when: { said, address: ['unanswered', 'unclear'], resolver: ['silent'] },
    code: 'dns-failure',
    sentence: {
      en: 'its name cannot be looked up, because the name server does not answer',
      de: 'der Name lässt sich nicht auflösen, weil der Nameserver nicht antwortet',
    },
    meaning: {
      en: 'Nobody tells which address belongs to the name. The service itself may be working.',
      de: 'Niemand verrät, welche Adresse zu dem Namen gehört. Der Dienst selbst läuft vielleicht.',
    },
    firstStep: atTheNameServer,
  },
  {
    name: 'there is no such name',
    when: { said, address: ['no-such-name'] },
    code: 'dns-failure',
    sentence: {
      en: 'its name does not exist (any more), says the name server',
      de: 'den Namen gibt es laut Nameserver nicht (mehr)',
    },
    meaning: {
      en: 'The entry was deleted or mistyped, or the domain has run out. Looking names up works otherwise.',
      de: 'Der Eintrag wurde gelöscht oder vertippt, oder die Domain ist abgelaufen. Andere Namen funktionieren.',
    },
    firstStep: {
      en: 'Check with the domain’s provider whether the name is entered and the domain is paid.',
      de: 'Beim Anbieter der Domain prüfen, ob der Name eingetragen und die Domain bezahlt ist.',
    },
  },
  {
    name: 'the name has no such entry',
    when: { said, address: ['no-record'] },
    code: 'dns-failure',
    sentence: { en: 'its name has no matching entry (DNS)', de: 'zu dem Namen fehlt der passende Eintrag (DNS)' },
    meaning: {
      en: 'The name exists, but what is looked for is not entered. Somebody has probably changed the entries.',
      de: 'Den Namen gibt es, aber das Gesuchte ist nicht eingetragen. Vermutlich hat jemand die Einträge geändert.',
    },
    firstStep: {
      en: 'Look at the domain’s provider what is entered for the name, and who changed it.',
      de: 'Beim Anbieter der Domain nachsehen, was zu dem Namen eingetragen ist und wer das geändert hat.',
    },
  },
  {
    name: 'the name server cannot find out',
    when: { said, address: ['server-failed'] },
    code: 'dns-failure',
    sentence: {
      en: 'its name cannot be looked up: the name server finds nothing out about it (SERVFAIL)',
      de: 'der Name lässt sich nicht auflösen: Der Nameserver bekommt nichts darüber heraus (SERVFAIL)',
    },
    meaning: {
      en: 'The name servers of this domain do not answer, or its signatures (DNSSEC) are wrong.',
      de: 'Die Nameserver dieser Domain antworten nicht, oder ihre Signaturen (DNSSEC) stimmen nicht.',
    },
    firstStep: {
      en: 'Try another name: if that works, ask the provider of this domain; if not, restart the name server.',
      de: 'Einen anderen Namen probieren: Geht der, den Anbieter der Domain fragen; sonst den Nameserver neu starten.',
    },
  },
  {
    name: 'the name server refuses',
    when: { said, address: ['refused'] },
    code: 'dns-failure',
    sentence: {
      en: 'its name cannot be looked up, because the name server refuses to answer',
      de: 'der Name lässt sich nicht auflösen, weil der Nameserver die Antwort verweigert',
    },
    firstStep: {
      en: 'Check in the name server’s settings whether the monitoring server may ask it.',
      de: 'In den Einstellungen des Nameservers prüfen, ob der Überwachungsserver ihn fragen darf.',
    },
  },
  {
    name: 'only this name stays without an answer',
    when: { said, address: ['unanswered'], resolver: ['answers'] },
    code: 'dns-failure',
    sentence: {
      en: 'its name cannot be looked up: the name server answers, but not about this name',
      de: 'der Name lässt sich nicht auflösen: Der Nameserver antwortet, nur zu diesem Namen nicht',
    },
    meaning: {
      en: 'The name servers of this domain are probably slow or down.',
      de: 'Wahrscheinlich sind die Nameserver dieser Domain langsam oder ausgefallen.',
    },
  },
  {
    name: 'the name is known again',
    when: { said: ['dns-failure'], address: ['found'] },
    code: 'dns-failure',
    meaning: {
      en: 'A moment later the name could be looked up again, so the trouble may be a passing one.',
      de: 'Kurz darauf ließ sich der Name wieder auflösen; vielleicht war es nur ein Aussetzer.',
    },
  },
];
