/** The program itself: everything below it was found good, or its answer proves that. */
import type { Row } from './row.ts';

const page = ['http-status'] as const;

const answers: readonly Row[] = [
  {
    name: 'nothing answers behind the web server',
    when: { said: page, application: ['nothing-behind'] },
    code: 'http-status',
    sentence: {
      en: 'the web server runs, but the program behind it does not answer (HTTP 502–504)',
      de: 'der Webserver läuft, aber das Programm dahinter antwortet nicht (HTTP 502–504)',
    },
    meaning: {
      en: 'The program that makes the pages has ended, is overloaded, or is being serviced.',
      de: 'Das Programm, das die Seiten erzeugt, wurde beendet, ist überlastet oder wird gerade gewartet.',
    },
    firstStep: {
      en: 'Restart the program behind the web server, then look at its log.',
      de: 'Das Programm hinter dem Webserver neu starten und dann in sein Protokoll schauen.',
    },
  },
  {
    name: 'the web application fails',
    when: { said: page, application: ['server-error'] },
    code: 'http-status',
    sentence: {
      en: 'answers with an error of its own (HTTP 5xx)',
      de: 'antwortet mit einer eigenen Fehlermeldung (HTTP 5xx)',
    },
    meaning: {
      en: 'Network, machine and web server are fine; the web application itself fails, perhaps after a change or without its database.',
      de: 'Netz, Rechner und Webserver sind in Ordnung; die Webanwendung selbst scheitert, oft nach einer Änderung.',
    },
    firstStep: {
      en: 'Read the last lines of the web server’s error log, and undo the last change.',
      de: 'Die letzten Zeilen im Fehlerprotokoll des Webservers lesen und die letzte Änderung zurücknehmen.',
    },
  },
  {
    name: 'the page is gone',
    when: { said: page, application: ['not-found'] },
    code: 'http-status',
    sentence: { en: 'the page is no longer there (HTTP 404)', de: 'die Seite gibt es dort nicht mehr (HTTP 404)' },
    meaning: {
      en: 'The web server works, but the page was moved or deleted.',
      de: 'Der Webserver läuft, aber die Seite wurde verschoben oder gelöscht.',
    },
    firstStep: {
      en: 'Check whether the page has moved; if that was intended, correct the address of the check.',
      de: 'Prüfen, ob die Seite umgezogen ist; war das Absicht, die Adresse der Prüfung anpassen.',
    },
  },
  {
    name: 'the page denies access',
    when: { said: [...page, 'auth-failed'], application: ['denied'] },
    code: 'as-said',
    sentence: {
      en: 'denies access to the page (HTTP 401 or 403)',
      de: 'verweigert den Zugriff auf die Seite (HTTP 401 oder 403)',
    },
    meaning: {
      en: 'The web server works, but lets this check in no more: a password or a permission was changed.',
      de: 'Der Webserver läuft, lässt die Prüfung aber nicht mehr hinein: Passwort oder Rechte wurden geändert.',
    },
    firstStep: {
      en: 'Open the page in a browser: if people get in, correct the login of the check.',
      de: 'Die Seite im Browser öffnen: Kommt man hinein, die Zugangsdaten der Prüfung anpassen.',
    },
  },
  {
    name: 'the page was asked too often',
    when: { said: page, application: ['too-many'] },
    code: 'http-status',
    sentence: { en: 'turns requests away as too many (HTTP 429)', de: 'weist Anfragen als zu viele ab (HTTP 429)' },
    meaning: {
      en: 'The web server works, but limits how often it is asked; perhaps only this check is affected.',
      de: 'Der Webserver läuft, begrenzt aber die Zahl der Anfragen; vielleicht trifft das nur die Prüfung.',
    },
    firstStep: {
      en: 'Give the check a longer interval, or except the monitoring server from the limit.',
      de: 'Der Prüfung ein längeres Intervall geben oder den Überwachungsserver von der Grenze ausnehmen.',
    },
  },
];

const pace: readonly Row[] = [
  {
    name: 'the program hangs',
    when: { said: ['timeout'], transport: ['tcp'], port: ['open'] },
    code: 'timeout',
    sentence: {
      en: 'accepts connections but then does not answer (timeout)',
      de: 'nimmt Verbindungen an, antwortet dann aber nicht (Zeitüberschreitung)',
    },
    meaning: {
      en: 'The network and the machine are fine; the program hangs, or waits for something else, such as its database.',
      de: 'Netz und Rechner sind in Ordnung; das Programm hängt oder wartet auf etwas anderes, etwa seine Datenbank.',
    },
    firstStep: {
      en: 'Restart the program; if that does not help, look in its log what it waits for.',
      de: 'Das Programm neu starten; hilft das nicht, in seinem Protokoll nachsehen, worauf es wartet.',
    },
  },
  {
    name: 'the line is slow',
    when: { said: ['slow'], host: ['answers-slowly'] },
    code: 'slow',
    sentence: {
      en: 'answers too slowly, because the line there is slow',
      de: 'antwortet zu langsam, weil schon die Leitung dorthin langsam ist',
    },
    meaning: {
      en: 'Even a ping takes long or gets lost. The line is full or disturbed; the program itself may be fast.',
      de: 'Schon ein Ping braucht lange oder geht verloren. Die Leitung ist voll oder gestört; das Programm ist vielleicht schnell.',
    },
    firstStep: {
      en: 'Look whether a large upload or backup fills the line.',
      de: 'Nachsehen, ob ein großer Upload oder eine Datensicherung die Leitung füllt.',
    },
  },
  {
    name: 'the program is slow',
    when: { said: ['slow'], host: ['answers'] },
    code: 'slow',
    meaning: {
      en: 'The line there is fast, so it is the program or its machine that takes long.',
      de: 'Die Leitung dorthin ist schnell; es liegt also am Programm oder an seinem Rechner.',
    },
  },
  {
    name: 'a program on this server is slow',
    when: { said: ['slow', 'timeout'], place: ['self'] },
    code: 'as-said',
    meaning: {
      en: 'It runs on the monitoring server itself, so no line is involved; below is what keeps this server busy.',
      de: 'Der Dienst läuft auf dem Überwachungsserver selbst, es liegt also nicht an der Leitung.',
    },
  },
];

export const application: readonly Row[] = [...answers, ...pace];
