/** Causes in plain words, each completing "<Service>: …", and what to do first. */
import type { Cause } from '../core/incident.ts';
import type { CauseCode } from '../core/observation.ts';
import type { Language } from '../core/rules.ts';
import type { InEach } from './language.ts';

const causes: InEach<Readonly<Record<CauseCode, string>>> = {
  en: {
    'local-network': 'cannot be reached, because the monitoring server itself has no network',
    'gateway-unreachable': 'cannot be reached, because the router does not answer',
    'internet-unreachable': 'cannot be reached, because the internet connection is down',
    'dns-failure': 'its name cannot be looked up (DNS)',
    'host-unreachable': 'the machine cannot be reached',
    'port-closed': 'nothing accepts connections (port closed)',
    'port-filtered': 'connections are left without an answer (port filtered)',
    'tls-expired': 'its certificate has expired',
    'tls-untrusted': 'its certificate is not trusted',
    'tls-name-mismatch': 'its certificate was made for another name',
    'tls-handshake': 'no encrypted connection can be made (TLS)',
    'http-status': 'the page answers with an error',
    content: 'answers, but not with what is expected',
    'auth-failed': 'the login is refused',
    'protocol-error': 'answers in a way that makes no sense (protocol error)',
    slow: 'answers too slowly',
    timeout: 'does not answer (timeout)',
    threshold: 'a measured value is past its limit',
    outdated: 'the expected sign of life has not come',
    plugin: 'its check reports a problem',
    'not-watched': 'is not being watched, its check gives no result',
    reported: 'a person has reported a problem',
    unknown: 'does not work (cause not yet known)',
  },
  de: {
    'local-network': 'nicht erreichbar, weil der Überwachungsserver selbst kein Netz hat',
    'gateway-unreachable': 'nicht erreichbar, weil der Router nicht antwortet',
    'internet-unreachable': 'nicht erreichbar, weil die Internetverbindung ausgefallen ist',
    'dns-failure': 'der Name lässt sich nicht auflösen (DNS)',
    'host-unreachable': 'der Rechner ist nicht erreichbar',
    'port-closed': 'nichts nimmt Verbindungen an (Port geschlossen)',
    'port-filtered': 'Verbindungen bleiben ohne Antwort (Port gefiltert)',
    'tls-expired': 'das Zertifikat ist abgelaufen',
    'tls-untrusted': 'dem Zertifikat kann man nicht trauen',
    'tls-name-mismatch': 'das Zertifikat wurde für einen anderen Namen ausgestellt',
    'tls-handshake': 'die verschlüsselte Verbindung kommt nicht zustande (TLS)',
    'http-status': 'statt der Seite kommt eine Fehlermeldung',
    content: 'antwortet, aber nicht mit dem, was da stehen soll',
    'auth-failed': 'die Anmeldung wird abgelehnt',
    'protocol-error': 'antwortet, aber nur Unverständliches (Protokollfehler)',
    slow: 'antwortet zu langsam',
    timeout: 'antwortet nicht (Zeitüberschreitung)',
    threshold: 'ein Messwert liegt jenseits seiner Grenze',
    outdated: 'das erwartete Lebenszeichen ist ausgeblieben',
    plugin: 'die Prüfung meldet ein Problem',
    'not-watched': 'wird gerade nicht überwacht, die Prüfung liefert kein Ergebnis',
    reported: 'jemand hat ein Problem gemeldet',
    unknown: 'funktioniert nicht (Ursache noch unklar)',
  },
};

const firstSteps: InEach<Readonly<Record<CauseCode, string>>> = {
  en: {
    'local-network': 'Look whether the network cable of the monitoring server is plugged in and the switch is on.',
    'gateway-unreachable': 'Look at the router: are its lights on? Unplug it for half a minute if not.',
    'internet-unreachable': 'Look whether other devices have internet; if not, call the provider or read its status page.',
    'dns-failure': 'Check whether the name still exists and whether the office’s name server answers.',
    'host-unreachable': 'Look whether the machine is switched on and its network cable is plugged in.',
    'port-closed': 'Start the program on the machine again; the machine itself is running.',
    'port-filtered': 'Check the firewall: something swallows the connections on their way.',
    'tls-expired': 'Renew the certificate, and see why that did not happen by itself.',
    'tls-untrusted': 'Check which certificate the server shows, and whether its chain is complete.',
    'tls-name-mismatch': 'Check which certificate the server shows for this name.',
    'tls-handshake': 'Check the server’s TLS settings and its log; nothing is encrypted as it should be.',
    'http-status': 'Open the page in a browser, then look at the web server’s log.',
    content: 'Open it and compare with what should be there; the last change is the first suspect.',
    'auth-failed': 'Check whether a password was changed or has expired.',
    'protocol-error': 'Check whether the right program listens there, and look at its log.',
    slow: 'Look at what keeps the machine busy: processor, memory, disk, or many users at once.',
    timeout: 'Try to reach it yourself; if it hangs, start the program or the machine again.',
    threshold: 'Look at the measured value below and make room before it runs out.',
    outdated: 'Look whether the job ran at all and what it wrote to its log.',
    plugin: 'Read below what the check says, and look at the service itself.',
    'not-watched': 'Run `incidentd probe` on the server: it says why the check cannot be run.',
    reported: 'Ask the person who reported it what exactly happens.',
    unknown: 'Try to reach it yourself, and look at the machine’s log.',
  },
  de: {
    'local-network': 'Nachsehen, ob das Netzwerkkabel des Überwachungsservers steckt und der Switch läuft.',
    'gateway-unreachable': 'Nach dem Router sehen: Leuchten die Lämpchen? Wenn nicht, eine halbe Minute vom Strom trennen.',
    'internet-unreachable':
      'Schauen, ob andere Geräte Internet haben; wenn nicht, beim Anbieter anrufen oder seine Störungsseite lesen.',
    'dns-failure': 'Prüfen, ob es den Namen noch gibt und ob der Nameserver im Büro antwortet.',
    'host-unreachable': 'Nachsehen, ob der Rechner eingeschaltet ist und das Netzwerkkabel steckt.',
    'port-closed': 'Das Programm auf dem Rechner neu starten; der Rechner selbst läuft.',
    'port-filtered': 'Die Firewall prüfen: Irgendetwas verschluckt die Verbindungen unterwegs.',
    'tls-expired': 'Das Zertifikat erneuern und nachsehen, warum das nicht von allein passiert ist.',
    'tls-untrusted': 'Prüfen, welches Zertifikat der Server vorzeigt und ob die Kette vollständig ist.',
    'tls-name-mismatch': 'Prüfen, welches Zertifikat der Server für diesen Namen vorzeigt.',
    'tls-handshake': 'Die TLS-Einstellungen des Servers und sein Protokoll ansehen.',
    'http-status': 'Die Seite im Browser öffnen und dann ins Protokoll des Webservers schauen.',
    content: 'Selbst öffnen und vergleichen, was da stehen sollte; die letzte Änderung ist der erste Verdacht.',
    'auth-failed': 'Prüfen, ob ein Passwort geändert wurde oder abgelaufen ist.',
    'protocol-error': 'Prüfen, ob dort das richtige Programm lauscht, und in sein Protokoll schauen.',
    slow: 'Schauen, was den Rechner beschäftigt: Prozessor, Arbeitsspeicher, Festplatte oder viele Leute auf einmal.',
    timeout: 'Selbst ausprobieren; wenn es hängt, das Programm oder den Rechner neu starten.',
    threshold: 'Den Messwert unten ansehen und Platz schaffen, bevor es eng wird.',
    outdated: 'Nachsehen, ob der Auftrag überhaupt gelaufen ist und was in seinem Protokoll steht.',
    plugin: 'Unten lesen, was die Prüfung sagt, und dann nach dem Dienst selbst sehen.',
    'not-watched': 'Auf dem Server `incidentd probe` aufrufen: Das sagt, warum die Prüfung nicht laufen kann.',
    reported: 'Bei der Person nachfragen, die es gemeldet hat, was genau passiert.',
    unknown: 'Selbst ausprobieren und ins Protokoll des Rechners schauen.',
  },
};

/** The cause in plain words, completing "<Service>: …": those of the kind that saw it, else the general ones. */
export function causeText({ code, sentence }: Pick<Cause, 'code' | 'sentence'>, language: Language): string {
  return sentence?.[language] ?? causes[language][code];
}

/** What to do first about a cause, as one sentence. */
export function firstStepText({ code, firstStep }: Pick<Cause, 'code' | 'firstStep'>, language: Language): string {
  return firstStep?.[language] ?? firstSteps[language][code];
}
