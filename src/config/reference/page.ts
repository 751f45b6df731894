/** The reference of the configuration: an admin's manual, made from what the code declares. */
import type { Channel } from '../../channels/contract.ts';
import type { Probe } from '../../probes/contract.ts';
import { type Grammar, grammar } from '../json-schema.ts';
import { checkSection, generalShape } from '../sections/checks.ts';
import { paceShape } from '../sections/pace.ts';
import { tagWords } from '../yaml/secrets.ts';
import { channelHeading, channelSection, contactRows } from './channels.ts';
import { keyTable, type Row, rowsOf } from './key-table.ts';
import { kindIndex, kindSection } from './kinds.ts';
import { code, linkTo, orList, prose, sentence, table, yamlBlock } from './markdown.ts';
import { namedTypes, typeWords } from './type-words.ts';

const intro = `# Reference of the configuration

Every key of the YAML file, every check kind and every way to tell people. This page is made from the program itself
(\`npm run reference\`), as is \`config/incidentd.schema.json\`, by which editors complete and check the file while you type: its first line
may be \`# yaml-language-server: $schema=incidentd.schema.json\`. A working file to begin with is \`config/incidentd.yaml\`.

\`incidentd validate\` names every mistake with file, line and column, or says in words what the file means. A running daemon takes over a
changed file by itself; one with mistakes is refused, told to the admin, and the old one stays in force.`;

/** The whole page, as Markdown. */
export function reference(probes: readonly Probe[], channels: readonly Channel[]): string {
  const whole = grammar(probes, channels);
  const sections = Object.entries(whole.properties ?? {});
  const named = sections.filter(([, schema]) => schema.sample !== undefined);
  const single = Object.fromEntries(sections.filter(([, schema]) => schema.sample === undefined));
  return `${[
    intro,
    contents(named, probes, channels),
    `## What can be watched\n\n${kindIndex(probes)}`,
    typesSection(whole),
    `## The site\n\n${keyTable(rowsOf({ properties: single }))}`,
    ...named.flatMap(([key, schema]) => [
      section(key, schema, rowsFor(key, channels)),
      ...(key === 'contacts' ? channels.map((channel) => channelSection(channel, schema)) : []),
      ...(key === 'services' ? [checksSection(whole), ...probes.map((probe) => kindSection(probe, whole))] : []),
    ]),
  ].join('\n\n')}\n`;
}

/** The rows of a section, without what is told in another. */
function rowsFor(key: string, channels: readonly Channel[]): (entry: Grammar) => readonly Row[] {
  if (key === 'contacts') return (entry) => contactRows(entry, channels);
  return (entry) => rowsOf(entry, new Set(key === 'services' ? Object.keys(paceShape) : []));
}

function contents(
  named: readonly (readonly [string, Grammar])[],
  probes: readonly Probe[],
  channels: readonly Channel[],
): string {
  const below = (words: readonly string[], heading = (word: string) => word) =>
    `: ${words.map((word) => linkTo(heading(word), word)).join(', ')}`;
  const entry = ([key, { description = '' }]: readonly [string, Grammar]) => {
    const kinds =
      key === 'contacts'
        ? below(
            channels.map(({ kind }) => kind),
            channelHeading,
          )
        : '';
    return `- ${linkTo(key)}: ${description.split(/[;:.]( |$)/)[0]}${kinds === '' ? '' : `; channels${kinds}`}`;
  };
  return [
    '## Contents',
    '',
    `- ${linkTo('What can be watched')}`,
    `- ${linkTo('How values are written')}`,
    `- ${linkTo('The site')}`,
    ...named.flatMap((one) => [
      entry(one),
      ...(one[0] === 'services' ? [`- ${linkTo('Checks')}${below(probes.map(({ kind }) => kind))}`] : []),
    ]),
  ].join('\n');
}

function section(key: string, schema: Grammar, rowsFrom: (entry: Grammar) => readonly Row[]): string {
  const { description = '', about = '', sample = '' } = schema;
  const { entry, words } = entryOf(schema);
  const rows = rowsFrom(entry);
  return [`## ${key}`, prose(description), prose(about), yamlBlock(sample), words, ...(rows.length === 0 ? [] : [keyTable(rows)])]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What one entry of a section looks like, and how entries are written. */
function entryOf(schema: Grammar): { readonly entry: Grammar; readonly words: string } {
  const { items, additionalProperties } = schema;
  if (items !== undefined) return { entry: items, words: 'A list, each entry with these keys:' };
  if (typeof additionalProperties !== 'object') return { entry: schema, words: '' };
  const { items: listed } = additionalProperties;
  if (listed !== undefined) return { entry: listed, words: 'Behind each name: a list, each entry with these keys:' };
  return { entry: additionalProperties, words: `Behind each name: ${shortForms(additionalProperties)}a map with these keys:` };
}

/** What may stand there instead of a map. */
function shortForms({ anyOf = [] }: Grammar): string {
  const others = anyOf.filter(({ properties }) => properties === undefined).map(typeWords);
  return others.length === 0 ? '' : `${orList(others)}, or `;
}

function typesSection(whole: Grammar): string {
  const types = [...namedTypes(whole)].filter(([, words]) => words !== '').toSorted(([a], [b]) => a.localeCompare(b, 'en'));
  const tags = Object.entries(tagWords).map(([tag, { example, about }]) => [code(`${tag} ${example}`), sentence(about)]);
  return [
    '## How values are written',
    `Keys are written in small letters. Unknown and doubled keys, tabs and wrong types are mistakes. Quotes are needed where YAML would see a
number or more than a text: \`"0 3 * * SUN"\`.`,
    table(
      ['type', 'what it accepts'],
      types.map(([type, words]) => [type, sentence(words)]),
    ),
    'A secret stands in no configuration file that others may read. Any text or URL may be behind one of these tags instead:',
    table(['tag', 'where the secret is'], tags),
  ].join('\n\n');
}

function checksSection({ $defs = {} }: Grammar): string {
  const { about, sample, description } = checkSection;
  const [kind] = Object.keys($defs).filter((name) => name.startsWith('check-'));
  const { properties = {} } = $defs[kind ?? ''] ?? {};
  const own = Object.keys(generalShape).filter((key) => !Object.hasOwn(paceShape, key));
  const general = Object.fromEntries(own.flatMap((key) => (properties[key] ? [[key, properties[key]] as const] : [])));
  const limits = { title: 'limit of the main measure, or map of limits by measure' };
  const rows = rowsOf({ properties: general }).filter(({ key }) => Object.hasOwn(general, key));
  return [
    '## Checks',
    prose(description),
    prose(about),
    yamlBlock(sample),
    `Every kind takes these keys, and those of ${linkTo('defaults')} but \`depends_on\`:`,
    keyTable(
      rows.map((row) => (['warning', 'critical'].includes(row.key) ? { ...row, schema: { ...row.schema, ...limits } } : row)),
    ),
  ].join('\n\n');
}
