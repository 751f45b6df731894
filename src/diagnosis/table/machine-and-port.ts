/** The machine that offers the service, and its port. */
import { open, type Row } from './row.ts';

const present = ['answers', 'answers-slowly', 'answers-no-ping'] as const;
const elsewhere = ['near', 'beyond', 'internet'] as const;
const notReached = ['host-unreachable', 'port-filtered', 'unknown'] as const;

const startProgram = {
  en: 'Start the program on the machine again, and read in its log why it has ended.',
  de: 'Das Programm auf dem Rechner neu starten und in seinem Protokoll nachlesen, warum es beendet wurde.',
};
const restartProgram = {
  en: 'Restart the program; if that does not help, look in its log what it waits for.',
  de: 'Das Programm neu starten; hilft das nicht, in seinem Protokoll nachsehen, worauf es wartet.',
};

const silentMachine: readonly Row[] = [
  {
    name: 'neither a machine nearby nor the gateway answers',
    when: { said: open, place: ['near'], host: ['silent'], port: ['filtered', 'unclear', 'not-looked'], gateway: ['silent'] },
    code: 'host-unreachable',
    sentence: {
      en: 'the machine cannot be reached, and the router gives no answer either',
      de: 'der Rechner ist nicht erreichbar, und auch der Router antwortet nicht',
    },
    meaning: {
      en: 'Several devices are silent at once. That points to the switch or the power, rather than to one machine.',
      de: 'Gleich mehrere Geräte schweigen. Das spricht eher für den Switch oder den Strom als für einen einzelnen Rechner.',
    },
    firstStep: {
      en: 'Look whether the switch is on and its lights blink, and whether there is power.',
      de: 'Nachsehen, ob der Switch an ist und blinkt und ob überall Strom da ist.',
    },
  },
  {
    name: 'a machine nearby is silent',
    when: { said: open, place: ['near'], host: ['silent'], port: ['filtered', 'unclear', 'not-looked'] },
    code: 'host-unreachable',
    meaning: {
      en: 'The machine gives no sign of life in the office’s network: it is off, has crashed, or its cable is loose.',
      de: 'Der Rechner gibt im Büronetz kein Lebenszeichen: Er ist aus, abgestürzt, oder sein Kabel steckt nicht.',
    },
  },
  {
    name: 'a machine behind the gateway is silent',
    when: {
      said: open,
      place: ['beyond'],
      host: ['silent'],
      port: ['filtered', 'unclear', 'not-looked'],
      gateway: ['answers', 'unclear', 'not-looked'],
    },
    code: 'host-unreachable',
    sentence: {
      en: 'the machine, or the other network that it stands in, cannot be reached',
      de: 'der Rechner oder das andere Netz, in dem er steht, ist nicht erreichbar',
    },
    meaning: {
      en: 'It stands in another network (other site, VPN). Either the machine is off or the connection there is down.',
      de: 'Er steht in einem anderen Netz (anderer Standort, VPN). Entweder ist er aus, oder die Verbindung dorthin fehlt.',
    },
    firstStep: {
      en: 'See whether other machines over there can be reached; if not, check the VPN or the line between.',
      de: 'Schauen, ob andere Rechner dort erreichbar sind; wenn nicht, das VPN oder die Leitung dazwischen prüfen.',
    },
  },
  {
    name: 'a machine on the internet is silent, the internet works',
    when: {
      said: open,
      place: ['internet'],
      host: ['silent'],
      port: ['filtered', 'unclear', 'not-looked'],
      internet: ['answers'],
    },
    code: 'host-unreachable',
    sentence: {
      en: 'its machine on the internet does not answer; the office’s own connection works',
      de: 'der Rechner im Internet antwortet nicht; die eigene Internetverbindung funktioniert',
    },
    meaning: {
      en: 'The trouble is on the other side: at the provider where the machine stands.',
      de: 'Das Problem liegt auf der anderen Seite: beim Anbieter, bei dem der Rechner steht.',
    },
    firstStep: {
      en: 'Look at that provider’s status page or control panel whether the machine runs.',
      de: 'Auf der Störungsseite oder in der Verwaltung des Anbieters nachsehen, ob der Rechner läuft.',
    },
  },
  {
    name: 'it answers no ping, and yet it is there',
    when: { said: ['host-unreachable', 'timeout'], transport: ['icmp'], host: ['answers-no-ping'] },
    code: 'timeout',
    sentence: {
      en: 'answers no ping, though the machine itself is there',
      de: 'antwortet auf keinen Ping, der Rechner selbst ist aber da',
    },
    meaning: {
      en: 'The machine gives other signs of life. Probably a firewall holds pings back, or the machine is overloaded.',
      de: 'Der Rechner gibt andere Lebenszeichen. Wohl hält eine Firewall Pings zurück, oder er ist überlastet.',
    },
    firstStep: {
      en: 'Check whether a firewall has begun to drop pings, and watch one of its services instead.',
      de: 'Prüfen, ob eine Firewall neuerdings Pings verwirft, und besser einen Dienst des Rechners überwachen.',
    },
  },
  {
    name: 'it answers pings again',
    when: { said: open, transport: ['icmp'], host: ['answers', 'answers-slowly'] },
    code: 'as-said',
    meaning: {
      en: 'A moment later the machine answered again, so the trouble may be a passing one.',
      de: 'Kurz darauf hat der Rechner wieder geantwortet; vielleicht war es nur ein Aussetzer.',
    },
  },
];

const ports: readonly Row[] = [
  {
    name: 'nothing listens on this server',
    when: { said: [...open, 'port-closed'], place: ['self'], port: ['closed'] },
    code: 'port-closed',
    sentence: {
      en: 'is not running (no program accepts connections there)',
      de: 'läuft nicht (kein Programm nimmt dort Verbindungen an)',
    },
    meaning: {
      en: 'It should run on the very server that watches it. The program has ended or was not started.',
      de: 'Der Dienst soll auf demselben Server laufen, der ihn überwacht. Das Programm wurde beendet oder nicht gestartet.',
    },
    firstStep: startProgram,
  },
  {
    name: 'nothing listens',
    when: { said: [...open, 'port-closed'], port: ['closed'] },
    code: 'port-closed',
    meaning: {
      en: 'The machine runs and answers, but the program of this service does not: it has ended or was not started.',
      de: 'Der Rechner läuft und antwortet, nur das Programm zu diesem Dienst nicht: Es wurde beendet oder nicht gestartet.',
    },
    firstStep: startProgram,
  },
  {
    name: 'a program on this server takes no more connections',
    when: { said: open, place: ['self'], port: ['filtered'] },
    code: 'port-filtered',
    sentence: {
      en: 'takes no more connections (port filtered): its program hangs or is overloaded',
      de: 'nimmt keine Verbindungen mehr an (Port gefiltert): Das Programm hängt oder ist überlastet',
    },
    meaning: {
      en: 'The program runs on the monitoring server itself but leaves new connections waiting.',
      de: 'Das Programm läuft auf dem Überwachungsserver selbst, lässt neue Verbindungen aber warten.',
    },
    firstStep: restartProgram,
  },
  {
    name: 'the machine is there, the port is silent',
    when: { said: open, host: present, port: ['filtered'] },
    code: 'port-filtered',
    sentence: {
      en: 'the machine is there, but connections to this service stay without an answer (port filtered)',
      de: 'der Rechner ist da, aber Verbindungen zu diesem Dienst bleiben ohne Antwort (Port gefiltert)',
    },
    meaning: {
      en: 'A firewall swallows the connections, or the program is so busy that it takes no new ones.',
      de: 'Eine Firewall verschluckt die Verbindungen, oder das Programm ist so beschäftigt, dass es keine neuen annimmt.',
    },
    firstStep: {
      en: 'Ask whether the firewall was changed; if not, restart the program on the machine.',
      de: 'Klären, ob an der Firewall etwas geändert wurde; wenn nicht, das Programm auf dem Rechner neu starten.',
    },
  },
  {
    name: 'the machine is silent',
    when: { said: open, place: elsewhere, host: ['silent'], port: ['filtered', 'unclear', 'not-looked'] },
    code: 'host-unreachable',
  },
  {
    name: 'the port is silent',
    when: { said: open, port: ['filtered'] },
    code: 'port-filtered',
  },
  {
    name: 'the port is open again',
    when: {
      said: [...notReached, 'port-closed', 'dns-failure'],
      transport: ['tcp'],
      port: ['open'],
      tls: ['good', 'not-looked'],
    },
    code: 'as-said',
    meaning: {
      en: 'A moment later connections were accepted again, so the trouble may be a passing one.',
      de: 'Kurz darauf wurden wieder Verbindungen angenommen; vielleicht war es nur ein Aussetzer.',
    },
  },
  {
    name: 'the machine is there, its datagrams stay away',
    when: { said: ['timeout'], transport: ['udp'], host: present },
    code: 'timeout',
    sentence: {
      en: 'the machine is there, but this service does not answer (timeout)',
      de: 'der Rechner ist da, aber dieser Dienst antwortet nicht (Zeitüberschreitung)',
    },
    meaning: {
      en: 'The program has ended or hangs, or a firewall swallows the questions.',
      de: 'Das Programm wurde beendet oder hängt, oder eine Firewall verschluckt die Anfragen.',
    },
    firstStep: restartProgram,
  },
];

export const machineAndPort: readonly Row[] = [...silentMachine, ...ports];
