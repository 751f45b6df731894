/** TLS. What the check's own look proved of a certificate stays; only what it left open is named here. */
import type { Row } from './row.ts';

const found = { said: ['unknown'], port: ['open'] } as const;

export const encryption: readonly Row[] = [
  { name: 'the certificate has expired', when: { ...found, tls: ['expired'] }, code: 'tls-expired' },
  { name: 'the certificate is not trusted', when: { ...found, tls: ['untrusted'] }, code: 'tls-untrusted' },
  { name: 'the certificate is for another name', when: { ...found, tls: ['other-name'] }, code: 'tls-name-mismatch' },
  { name: 'the handshake fails', when: { ...found, tls: ['broken'] }, code: 'tls-handshake' },
  {
    name: 'it hangs before it encrypts',
    when: { said: ['timeout', 'unknown'], port: ['open'], tls: ['silent'] },
    code: 'timeout',
    sentence: {
      en: 'accepts connections, then hangs before they are encrypted (timeout)',
      de: 'nimmt Verbindungen an, hängt dann aber schon vor der Verschlüsselung (Zeitüberschreitung)',
    },
    meaning: {
      en: 'The machine is there and the port is open, but the program behind it does nothing. It hangs or is overloaded.',
      de: 'Der Rechner ist da und der Port offen, aber das Programm dahinter tut nichts. Es hängt oder ist überlastet.',
    },
    firstStep: { en: 'Restart the program on the machine.', de: 'Das Programm auf dem Rechner neu starten.' },
  },
  {
    name: 'the certificate is accepted now',
    when: { said: ['tls-untrusted'], tls: ['good'] },
    code: 'as-said',
    meaning: {
      en: 'A moment later the certificate was accepted. Perhaps several servers answer in turn, and one has the wrong one.',
      de: 'Kurz darauf wurde das Zertifikat angenommen. Vielleicht antworten mehrere Server im Wechsel, einer mit dem falschen.',
    },
  },
  {
    name: 'the end of the certificate was seen',
    when: { said: ['tls-expired'], tls: ['expired', 'not-looked', 'unclear'] },
    code: 'as-said',
    meaning: {
      en: 'Browsers and mail programs warn or refuse. It should have been renewed in time; usually that happens by itself.',
      de: 'Browser und Mailprogramme warnen oder weigern sich. Die rechtzeitige Erneuerung ist ausgeblieben.',
    },
  },
  {
    name: 'no trust was seen',
    when: { said: ['tls-untrusted'] },
    code: 'as-said',
    meaning: {
      en: 'Nobody whom programs trust vouches for the certificate, or the server leaves out a part of the chain.',
      de: 'Für das Zertifikat bürgt niemand, dem Programme vertrauen, oder der Server lässt einen Teil der Kette weg.',
    },
  },
  {
    name: 'another name was seen',
    when: { said: ['tls-name-mismatch'] },
    code: 'as-said',
    meaning: {
      en: 'Another server answers, or the certificate was made without this name. Browsers warn their users.',
      de: 'Es antwortet ein anderer Server, oder dieser Name fehlt im Zertifikat. Browser warnen davor.',
    },
  },
  {
    name: 'the handshake was seen to fail',
    when: { said: ['tls-handshake'] },
    code: 'as-said',
    meaning: {
      en: 'The machine is there and takes connections, but both sides find no common encryption.',
      de: 'Der Rechner ist da und nimmt Verbindungen an, aber man wird sich über die Verschlüsselung nicht einig.',
    },
  },
];
