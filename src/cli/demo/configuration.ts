import { formatDuration } from '../../lib/duration.ts';
import type { Tempo } from './tempo.ts';

export const anna = 'anna@praxis.example';
export const ben = 'ben@praxis.example';

export interface Ports {
  readonly website: number;
  readonly fileServer: number;
  readonly mailServer: number;
}

/** The configuration of the demo: times are short, everything else is as in an office. */
export function demoConfiguration(ports: Ports, tempo: Tempo): string {
  return `site: Praxis Morgenrot
mail:
  from: Monitoring <monitoring@praxis.example>
  servers: [smtp://127.0.0.1:${ports.mailServer}]
contacts:
  anna: { email: ${anna}, language: de }
  ben: { email: ${ben}, language: en }
escalation:
  default:
    - notify: anna
    - notify: ben
      after: ${formatDuration(tempo.escalateAfterMs)}
defaults:
  interval: ${formatDuration(tempo.intervalMs)}
  timeout: 2s
  retry_interval: 1s
  failure_threshold: 3
  success_threshold: 2
  confirm_for: ${formatDuration(tempo.confirmForMs)}
  reopen_within: ${formatDuration(tempo.reopenWithinMs)}
services:
  - name: Website
    impact: high
    check: http://127.0.0.1:${ports.website}/
    runbook: |
      1. ssh web1, systemctl status nginx
      2. systemctl restart nginx
  - name: File server
    check: tcp://127.0.0.1:${ports.fileServer}
`;
}
