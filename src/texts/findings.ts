/** What a look into a failure found, layer by layer, in plain words. */
import type { Finding, Layer } from '../core/diagnosis.ts';
import type { Language } from '../core/rules.ts';
import { oneLine } from './clean.ts';
import type { InEach } from './language.ts';

interface LayerWords {
  readonly name: string;
  readonly good: string;
  readonly bad: string;
}

const layerWords: InEach<Readonly<Record<Layer, LayerWords>>> = {
  en: {
    link: { name: 'Network card', good: 'connected', bad: 'no network' },
    gateway: { name: 'Router', good: 'answers', bad: 'does not answer' },
    resolver: { name: 'Name server', good: 'answers', bad: 'does not answer' },
    internet: { name: 'Internet', good: 'can be reached', bad: 'cannot be reached' },
    address: { name: 'Name', good: 'can be looked up', bad: 'cannot be looked up' },
    host: { name: 'Machine', good: 'answers', bad: 'answers badly or not at all' },
    port: { name: 'Port', good: 'accepts connections', bad: 'accepts no connections' },
    tls: { name: 'Encryption', good: 'in order', bad: 'not in order' },
    application: { name: 'Program', good: 'answers as it should', bad: 'does not answer as it should' },
    machine: { name: 'Monitoring server', good: 'in order', bad: 'not in order' },
  },
  de: {
    link: { name: 'Netzwerkkarte', good: 'verbunden', bad: 'kein Netz' },
    gateway: { name: 'Router', good: 'antwortet', bad: 'antwortet nicht' },
    resolver: { name: 'Nameserver', good: 'antwortet', bad: 'antwortet nicht' },
    internet: { name: 'Internet', good: 'erreichbar', bad: 'nicht erreichbar' },
    address: { name: 'Name', good: 'lässt sich auflösen', bad: 'lässt sich nicht auflösen' },
    host: { name: 'Rechner', good: 'antwortet', bad: 'antwortet schlecht oder gar nicht' },
    port: { name: 'Port', good: 'nimmt Verbindungen an', bad: 'nimmt keine Verbindungen an' },
    tls: { name: 'Verschlüsselung', good: 'in Ordnung', bad: 'nicht in Ordnung' },
    application: { name: 'Programm', good: 'antwortet, wie es soll', bad: 'antwortet nicht, wie es soll' },
    machine: { name: 'Überwachungsserver', good: 'in Ordnung', bad: 'nicht in Ordnung' },
  },
};

const unclear: InEach<string> = { en: 'unclear', de: 'nicht zu klären' };

const marks: Readonly<Record<Finding['verdict'], string>> = { good: '✓', bad: '✗', unclear: '?' };

/** What details say as well as the words of the verdict. */
const saidAlready: ReadonlySet<string> = new Set(['answers', 'no answer']);

/** `✓ Router 192.168.178.1: answers (3 of 3 answered)`: one clean line, whose mark is its first character. */
export function findingText({ layer, verdict, subject, detail }: Finding, language: Language): string {
  const words = layerWords[language][layer];
  const what = [words.name, oneLine(subject, 100)].filter((word) => word !== '').join(' ');
  const seen = saidAlready.has(detail) ? '' : oneLine(detail, 120);
  if (layer === 'machine' && verdict === 'unclear' && seen !== '') return `· ${what}: ${seen}`;
  const told = verdict === 'unclear' ? unclear[language] : words[verdict];
  return `${marks[verdict]} ${what}: ${told}${seen === '' ? '' : ` (${seen})`}`;
}

/** The findings that fit into `limit` lines, in their order: what is bad before what is not. */
export function mostTelling(findings: readonly Finding[], limit: number): readonly Finding[] {
  const numbered = [...findings.entries()];
  const bad = numbered.filter(([, { verdict }]) => verdict === 'bad');
  const others = numbered.filter(([, { verdict }]) => verdict !== 'bad');
  const kept = [...bad, ...others].slice(0, limit).sort(([a], [b]) => a - b);
  return kept.map(([, finding]) => finding);
}
