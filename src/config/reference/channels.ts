/** The part of the reference about ways to tell. */
import type { Channel } from '../../channels/contract.ts';
import type { Grammar } from '../json-schema.ts';
import { filterShape } from '../sections/reach.ts';
import { keyTable, type Row, rowsOf } from './key-table.ts';
import { firstClause, linkTo, prose, sentence, yamlBlock } from './markdown.ts';

export function channelHeading(kind: string): string {
  return `Channel ${kind}`;
}

/** The keys of a contact; what stands below a channel is told there. */
export function contactRows(entry: Grammar, channels: readonly Channel[]): readonly Row[] {
  return rowsOf(entry)
    .filter(({ key }) => !key.includes('.'))
    .map((row) => {
      const channel = channels.find(({ kind }) => kind === row.key);
      if (!channel) return row;
      const description = `${firstClause(channel.summary)} See ${linkTo(channelHeading(channel.kind))}.`;
      return { ...row, schema: { ...row.schema, description } };
    });
}

/** One channel: what it does, an example, its options. */
export function channelSection({ kind, summary, example }: Channel, contacts: Grammar): string {
  const { additionalProperties: entry } = contacts;
  const rows = typeof entry === 'object' ? rowsOf(entry) : [];
  const own = rows.flatMap((row) => {
    const key = row.key.startsWith(`${kind}.`) ? row.key.slice(kind.length + 1) : '';
    return key === '' || Object.hasOwn(filterShape, key) ? [] : [{ ...row, key }];
  });
  return [
    `### ${channelHeading(kind)}`,
    prose(sentence(summary)),
    yamlBlock(`contacts:\n${example.replace(/^(?=.)/gm, '  ')}`),
    ...(own.length === 0 ? [] : [keyTable(own), '`only` and `events` of the contact may stand here too, for this channel.']),
  ].join('\n\n');
}
