import { expect, it } from 'vitest';
import { type Finding, layers } from '../../src/core/diagnosis.ts';
import { languages } from '../../src/core/rules.ts';
import { findingText } from '../../src/texts/findings.ts';

it.each<[Finding, string, string]>([
  [
    { layer: 'gateway', verdict: 'good', subject: '192.168.178.1', detail: 'answers pings in 1.2 ms' },
    '✓ Router 192.168.178.1: answers (answers pings in 1.2 ms)',
    '✓ Router 192.168.178.1: antwortet (answers pings in 1.2 ms)',
  ],
  [
    { layer: 'resolver', verdict: 'good', subject: '192.168.178.1', detail: 'answers' },
    '✓ Name server 192.168.178.1: answers',
    '✓ Nameserver 192.168.178.1: antwortet',
  ],
  [
    { layer: 'link', verdict: 'bad', subject: 'eth0', detail: 'connected, without an address' },
    '✗ Network card eth0: no network (connected, without an address)',
    '✗ Netzwerkkarte eth0: kein Netz (connected, without an address)',
  ],
  [
    { layer: 'host', verdict: 'bad', subject: '10.0.0.5', detail: 'answers pings in 800 ms' },
    '✗ Machine 10.0.0.5: answers badly or not at all (answers pings in 800 ms)',
    '✗ Rechner 10.0.0.5: antwortet schlecht oder gar nicht (answers pings in 800 ms)',
  ],
  [
    { layer: 'machine', verdict: 'unclear', subject: '/srv', detail: 'biggest: backup 12 GiB' },
    '· Monitoring server /srv: biggest: backup 12 GiB',
    '· Überwachungsserver /srv: biggest: backup 12 GiB',
  ],
])('a finding reads well in both languages: %j', (finding, english, german) => {
  expect([findingText(finding, 'en'), findingText(finding, 'de')]).toEqual([english, german]);
});

it.each(layers)('every verdict on layer %s is told with nothing besides', (layer) => {
  for (const language of languages) {
    for (const verdict of ['good', 'bad', 'unclear'] as const) {
      expect(findingText({ layer, verdict, subject: '', detail: '' }, language)).toMatch(/^[✓✗?] \p{Lu}[\p{L} ]+: [\p{L} ,]+$/u);
    }
  }
});
