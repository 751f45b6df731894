export interface Sections {
  /** Ports of the mail servers on loopback, in their order. */
  readonly mail?: readonly number[];
  readonly language?: 'de' | 'en';
  readonly contacts?: string;
  readonly escalation?: string;
  /** The entries of `services:`. */
  readonly services: string;
}

/** As quick as a configuration may be: a failure is confirmed in one to two seconds, a recovery too. */
const quick = `interval: 1s
timeout: 1s
retry_interval: 1s
failure_threshold: 2
success_threshold: 2
confirm_for: 1s
reopen_within: 2s`;

/** The YAML of a small office: anna is the admin and owns everything, the boss is told 2 s later. */
export function configuration({ mail = [], language = 'en', contacts, escalation, services }: Sections): string {
  const servers = mail.map((port) => `    - url: smtp://127.0.0.1:${port}\n`).join('');
  return `site: Kanzlei Sommer
timezone: Europe/Berlin
language: ${language}
startup_grace: 0s
web: off
mail:
  from: Monitoring <monitoring@kanzlei.example>
  group_wait: 0s
${servers === '' ? '' : `  servers:\n${servers}`}contacts:
${indented(contacts ?? 'anna: anna@kanzlei.example\nboss: chef@kanzlei.example')}
escalation:
  default:
${indented(escalation ?? '- notify: owner\n- notify: boss\n  after: 2s', '    ')}
defaults:
${indented(quick)}
services:
${indented(services)}
`;
}

function indented(text: string, by = '  '): string {
  return text.replaceAll(/^(?=.)/gm, by);
}

/** A service whose failure is a P1. */
export function websiteAt(url: string): string {
  return `- { name: Website, impact: high, check: "${url}" }`;
}

/** Nobody is told but the owner, who is anna. */
export const ownerOnly = '- notify: owner';
