/** What causes likely mean, for people who are no experts. */
import type { Cause } from '../core/incident.ts';
import type { CauseCode } from '../core/observation.ts';
import type { Language } from '../core/rules.ts';
import type { InEach } from './language.ts';

const meanings: InEach<Readonly<Record<CauseCode, string>>> = {
  en: {
    'local-network': 'The monitoring server cannot get onto the network itself. What it watches may work all the same.',
    'gateway-unreachable': 'The router is probably off or has crashed; without it nobody in the office has internet.',
    'internet-unreachable':
      'The office’s own network works, but the line to the outside does not, mostly a fault at the provider.',
    'dns-failure': 'Either the name server does not answer or the name no longer exists. The service itself may well be running.',
    'host-unreachable': 'The machine is probably off, has crashed, or is cut off from the network.',
    'port-closed': 'The machine is running, but the program on it probably is not: it has crashed or was stopped.',
    'port-filtered': 'A firewall probably lets nothing through, or the machine has far too much to do.',
    'tls-expired': 'Browsers and programs now warn or refuse to connect; the service itself is mostly still running.',
    'tls-untrusted': 'Browsers and programs warn; mostly a part of the certificate chain is missing on the server.',
    'tls-name-mismatch': 'The server shows the certificate of another address, mostly after a move or a change of settings.',
    'tls-handshake': 'The server is there, but the two sides find no common way to encrypt; often after an update or a change.',
    'http-status': 'The web server is running, but the application behind it probably has a problem.',
    content: 'Something is running, but not the right thing: often after a change, or an error page stands in its place.',
    'auth-failed': 'Mostly a password was changed or has expired, or the account is locked.',
    'protocol-error': 'Another program than expected probably answers there, or the right one is confused.',
    slow: 'It still works, but has too much to do, or the line is full; whoever works with it has to wait.',
    timeout: 'The program probably hangs, or the machine has far too much to do.',
    threshold: 'The value is no longer where it should be, mostly an early sign of something bigger.',
    outdated: 'A job, such as a backup, has probably not run or has not come to its end.',
    plugin: 'The check itself says further down what exactly is wrong.',
    'not-watched': 'Nobody knows at the moment whether it works: the check itself cannot run.',
    reported: 'This comes from a person, not from a check.',
    unknown: 'It fails, and why cannot be seen from here.',
  },
  de: {
    'local-network': 'Der Überwachungsserver kommt selbst nicht ins Netz. Was er überwacht, kann trotzdem laufen.',
    'gateway-unreachable': 'Der Router ist vermutlich aus oder abgestürzt; ohne ihn hat im Büro niemand Internet.',
    'internet-unreachable':
      'Das Netz im Büro funktioniert, aber die Leitung nach draußen nicht; meist liegt die Störung beim Anbieter.',
    'dns-failure': 'Der Nameserver antwortet nicht, oder den Namen gibt es nicht mehr. Der Dienst selbst läuft womöglich.',
    'host-unreachable': 'Der Rechner ist vermutlich aus, abgestürzt oder vom Netz getrennt.',
    'port-closed': 'Der Rechner läuft, aber das Programm darauf vermutlich nicht: Es ist abgestürzt oder wurde beendet.',
    'port-filtered': 'Vermutlich lässt eine Firewall nichts durch, oder der Rechner ist völlig überlastet.',
    'tls-expired': 'Browser und Programme warnen jetzt oder verbinden sich nicht mehr; der Dienst selbst läuft meist noch.',
    'tls-untrusted': 'Browser und Programme warnen davor; meist fehlt auf dem Server ein Stück der Zertifikatskette.',
    'tls-name-mismatch':
      'Der Server zeigt das Zertifikat einer anderen Adresse vor, meist nach einem Umzug oder einer geänderten Einstellung.',
    'tls-handshake':
      'Der Server ist da, aber beide Seiten finden keine gemeinsame Verschlüsselung; oft nach einem Update oder einer Änderung.',
    'http-status': 'Der Webserver läuft, aber die Anwendung dahinter hat vermutlich ein Problem.',
    content: 'Es läuft etwas, aber nicht das Richtige: oft nach einer Änderung, oder es steht nur eine Fehlerseite da.',
    'auth-failed': 'Meist wurde ein Passwort geändert oder ist abgelaufen, oder das Konto ist gesperrt.',
    'protocol-error': 'Dort antwortet vermutlich ein anderes Programm als erwartet, oder das richtige ist durcheinander.',
    slow: 'Es läuft noch, ist aber überlastet, oder die Leitung ist voll; wer damit arbeitet, muss warten.',
    timeout: 'Vermutlich hängt das Programm, oder der Rechner ist völlig überlastet.',
    threshold: 'Der Wert ist nicht mehr da, wo er sein soll; meist kündigt sich so etwas Größeres an.',
    outdated: 'Ein Auftrag, etwa eine Sicherung, ist vermutlich nicht gelaufen oder nicht fertig geworden.',
    plugin: 'Was genau nicht stimmt, sagt die Prüfung selbst weiter unten.',
    'not-watched': 'Ob es läuft, weiß gerade niemand: Die Prüfung selbst kommt nicht dazu.',
    reported: 'Das kommt von einem Menschen, nicht von einer Prüfung.',
    unknown: 'Es schlägt fehl, und warum, ist von hier aus nicht zu sehen.',
  },
};

/** Codes under which the kinds of checks understand different things: their own words stand without the general ones. */
const kindsDiffer: ReadonlySet<CauseCode> = new Set([
  'content',
  'auth-failed',
  'protocol-error',
  'timeout',
  'threshold',
  'outdated',
  'plugin',
]);

/**
 * What a cause likely means, as whole sentences: what diagnosis found, else the general words. Null where the kind's own
 * sentence means something of its own, and nobody has said more.
 */
export function meaningText(
  { code, meaning, sentence }: Pick<Cause, 'code' | 'meaning' | 'sentence'>,
  language: Language,
): string | null {
  if (meaning !== undefined) return meaning[language];
  return sentence !== undefined && kindsDiffer.has(code) ? null : meanings[language][code];
}
