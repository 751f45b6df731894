/** From this server to the internet: what cuts off more than one service. */
import { nameless, noAnswer, notDenied, open, type Row } from './row.ts';

const away = ['near', 'beyond', 'internet', 'unknown'] as const;
const notBeyond = { ...noAnswer, ...notDenied, internet: ['silent', 'unclear', 'not-looked'] } as const;

export const ownNetwork: readonly Row[] = [
  {
    name: 'this server is unplugged',
    when: { said: open, place: away, link: ['unplugged'], ...notBeyond },
    code: 'local-network',
    sentence: {
      en: 'cannot be reached, because the monitoring server itself is cut off from the network',
      de: 'nicht erreichbar, weil der Überwachungsserver selbst vom Netz getrennt ist',
    },
    meaning: {
      en: 'The monitoring server has no connection to the switch. The service itself may be working.',
      de: 'Der Überwachungsserver hat keine Verbindung zum Switch. Der Dienst selbst läuft vielleicht ganz normal.',
    },
    firstStep: {
      en: 'Check at both ends that the network cable of the monitoring server is plugged in, and that the switch is on.',
      de: 'Am Überwachungsserver und am Switch nachsehen, ob das Netzwerkkabel steckt und der Switch an ist.',
    },
  },
  {
    name: 'this server has no address',
    when: { said: open, place: away, link: ['no-address'], ...notBeyond },
    code: 'local-network',
    sentence: {
      en: 'cannot be reached, because the monitoring server itself has no network address',
      de: 'nicht erreichbar, weil der Überwachungsserver selbst keine Netzadresse hat',
    },
    meaning: {
      en: 'The cable is plugged in, but the server got no address. Often the router gives out none. The service may be working.',
      de: 'Das Kabel steckt, aber der Server hat keine Adresse bekommen, meist vom Router. Der Dienst läuft vielleicht.',
    },
    firstStep: {
      en: 'See whether other devices get an address; if not, restart the router, else check the server’s network settings.',
      de: 'Schauen, ob andere Geräte eine Adresse bekommen; wenn nicht, den Router neu starten.',
    },
  },
  {
    name: 'this server knows no way out',
    when: { said: open, place: away, link: ['no-route'], ...notBeyond },
    code: 'local-network',
    sentence: {
      en: 'cannot be reached, because the monitoring server itself knows no way there (no route)',
      de: 'nicht erreichbar, weil der Überwachungsserver selbst keinen Weg dorthin kennt (keine Route)',
    },
    meaning: {
      en: 'The monitoring server has an address, but no router is entered in its network settings. The service may be working.',
      de: 'Der Überwachungsserver hat eine Adresse, aber keinen Router eingetragen. Der Dienst läuft vielleicht.',
    },
    firstStep: {
      en: 'Check the monitoring server’s network settings: the router (default gateway) is missing there.',
      de: 'Die Netzwerkeinstellungen des Überwachungsservers prüfen: Dort fehlt der Router (Standard-Gateway).',
    },
  },
  {
    name: 'only IPv6 leads there',
    when: { said: open, place: away, link: ['no-ipv6'], ...noAnswer },
    code: 'host-unreachable',
    sentence: {
      en: 'cannot be reached from here: it has an IPv6 address only, and the monitoring server has no IPv6',
      de: 'von hier nicht erreichbar: Es gibt nur eine IPv6-Adresse, und der Überwachungsserver hat kein IPv6',
    },
    meaning: {
      en: 'For people with IPv6 the service may be working. Its IPv4 address may have been lost.',
      de: 'Für Leute mit IPv6 läuft der Dienst vielleicht. Möglicherweise ist seine IPv4-Adresse verloren gegangen.',
    },
    firstStep: {
      en: 'Check whether the name’s IPv4 address (A record) is still entered.',
      de: 'Prüfen, ob zu dem Namen noch eine IPv4-Adresse (A-Eintrag) eingetragen ist.',
    },
  },
  {
    name: 'the gateway is silent',
    when: { said: open, place: ['beyond', 'internet'], gateway: ['silent'], ...notBeyond },
    code: 'gateway-unreachable',
    meaning: {
      en: 'The monitoring server is connected, but the router gives no answer. Everything behind it is cut off.',
      de: 'Der Überwachungsserver hängt am Netz, aber der Router antwortet nicht. Alles dahinter ist abgeschnitten.',
    },
  },
  {
    name: 'the gateway is silent, and with it the name server',
    when: { said: open, gateway: ['silent'], ...notBeyond, ...nameless },
    code: 'gateway-unreachable',
    meaning: {
      en: 'The router gives no answer, so names cannot be looked up either. Everything behind it is cut off.',
      de: 'Der Router antwortet nicht, deshalb lassen sich auch keine Namen nachschlagen. Alles dahinter ist abgeschnitten.',
    },
  },
  {
    name: 'the internet is silent',
    when: { said: open, place: ['internet'], internet: ['silent'], gateway: ['answers', 'not-looked'], ...noAnswer },
    code: 'internet-unreachable',
    meaning: {
      en: 'The router answers, but nothing on the internet does. It is most likely the line or the provider.',
      de: 'Der Router antwortet, aber im Internet ist nichts zu erreichen. Am ehesten liegt es an der Leitung oder am Anbieter.',
    },
  },
  {
    name: 'the internet is silent, and nobody looks names up',
    when: { said: open, ...nameless, internet: ['silent'], gateway: ['answers', 'not-looked'], ...noAnswer },
    code: 'internet-unreachable',
    meaning: {
      en: 'The router answers, but nothing on the internet does; that is why names cannot be looked up either.',
      de: 'Der Router antwortet, aber im Internet ist nichts zu erreichen; deshalb fehlen auch die Namen.',
    },
  },
  {
    name: 'nothing behind the gateway answers',
    when: { said: open, place: ['internet', 'unknown'], internet: ['silent'], gateway: ['unclear'], ...noAnswer, ...notDenied },
    code: 'internet-unreachable',
    meaning: {
      en: 'Nothing on the internet can be reached. It is the line, the provider or the router itself.',
      de: 'Im Internet ist nichts zu erreichen. Es liegt an der Leitung, am Anbieter oder am Router selbst.',
    },
    firstStep: {
      en: 'Look at the router’s lights; if they look as usual, call the provider or read its status page.',
      de: 'Nach den Lämpchen am Router sehen; sind sie wie immer, beim Anbieter anrufen oder seine Störungsseite lesen.',
    },
  },
];
