/** The domain's closed words as people read them: nouns and short phrases, lower case where they stand inside a sentence. */
import type { IncidentStatus } from '../core/incident.ts';
import type { NotificationState } from '../core/notification.ts';
import type { Category, Impact, Priority, Severity } from '../core/rules.ts';
import type { InEach } from './language.ts';

export const incidentStatusWords: InEach<Readonly<Record<IncidentStatus, string>>> = {
  en: { open: 'open', recovering: 'working again, still being watched', resolved: 'resolved', closed: 'closed' },
  de: { open: 'offen', recovering: 'läuft wieder, wird noch beobachtet', resolved: 'behoben', closed: 'abgeschlossen' },
};

export const severityWords: InEach<Readonly<Record<Severity, string>>> = {
  en: { critical: 'complete failure', major: 'partial failure', minor: 'impairment' },
  de: { critical: 'kompletter Ausfall', major: 'teilweiser Ausfall', minor: 'Einschränkung' },
};

export const impactWords: InEach<Readonly<Record<Impact, string>>> = {
  en: { high: 'hits the office hard', medium: 'noticeable for the office', low: 'hardly noticeable for the office' },
  de: { high: 'trifft das Büro hart', medium: 'für das Büro spürbar', low: 'für das Büro kaum spürbar' },
};

export const priorityWords: InEach<Readonly<Record<Priority, string>>> = {
  en: {
    P1: 'P1 – right away, please',
    P2: 'P2 – as soon as possible',
    P3: 'P3 – soon, within office hours',
    P4: 'P4 – when there is time',
    P5: 'P5 – good to know',
  },
  de: {
    P1: 'P1 – bitte sofort',
    P2: 'P2 – so schnell wie möglich',
    P3: 'P3 – bald, in der Bürozeit',
    P4: 'P4 – wenn Zeit dafür ist',
    P5: 'P5 – gut zu wissen',
  },
};

export const categoryWords: InEach<Readonly<Record<Category, string>>> = {
  en: {
    network: 'network',
    dns: 'name resolution (DNS)',
    host: 'machine',
    web: 'web',
    mail: 'mail',
    database: 'database',
    storage: 'storage',
    backup: 'backup',
    certificate: 'certificate',
    security: 'security',
    performance: 'speed',
    application: 'application',
    monitoring: 'monitoring',
    other: 'other',
  },
  de: {
    network: 'Netzwerk',
    dns: 'Namensauflösung (DNS)',
    host: 'Rechner',
    web: 'Web',
    mail: 'E-Mail',
    database: 'Datenbank',
    storage: 'Speicher',
    backup: 'Datensicherung',
    certificate: 'Zertifikat',
    security: 'Sicherheit',
    performance: 'Geschwindigkeit',
    application: 'Anwendung',
    monitoring: 'Überwachung',
    other: 'Sonstiges',
  },
};

export const notificationStateWords: InEach<Readonly<Record<NotificationState, string>>> = {
  en: {
    queued: 'waiting to be sent',
    sending: 'being sent',
    sent: 'sent',
    uncertain: 'probably sent, the server’s answer was lost',
    folded: 'told in another mail',
    failed: 'not delivered',
  },
  de: {
    queued: 'wartet auf den Versand',
    sending: 'wird gerade verschickt',
    sent: 'verschickt',
    uncertain: 'vermutlich verschickt, die Antwort des Servers ging verloren',
    folded: 'in einer anderen Mail mitgeteilt',
    failed: 'nicht zugestellt',
  },
};
