import { oneLine } from '../texts/clean.ts';
import type { Doing } from './contract.ts';

const longestLabel = 200;

/** What may be shown of a remedy: the command line as it is written, secrets as `***`; of a webhook its host. */
export function labelOf(does: Doing): string {
  if ('run' in does) return oneLine(does.run.map(String).join(' '), longestLabel);
  return oneLine(`webhook ${URL.parse(does.webhook.url.reveal())?.host ?? ''}`.trim(), longestLabel);
}
