import { at, type Place, parsed, type SourceFile, type SyntaxNode, walk } from './source.ts';

/** Names that a pure file does not use at all: clocks, timers, chance, the process and the world. */
const refusedNames: ReadonlySet<string> = new Set([
  'process',
  'performance',
  'crypto',
  'console',
  'fetch',
  'globalThis',
  'global',
  'require',
  'eval',
  'Function',
  'navigator',
  'AbortSignal',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
]);

/** Of these names only some uses are refused: a pure file writes `Name.property` and no refused property. */
const refusedProperties: Readonly<Record<string, readonly string[]>> = {
  Date: ['now'],
  Temporal: ['Now'],
  Math: ['random'],
};

/** Where a file is not pure: a clock, a timer, chance, the process, waiting. Types are not looked at. */
export function impurities(file: SourceFile): readonly string[] {
  const found: string[] = [];
  walk(parsed(file), (node, place) => {
    if (isTypeOnly(node)) return false;
    const name = impurityOf(node, place);
    if (name !== null) found.push(`${at(file, node.start)}: ${name}`);
    return true;
  });
  return found;
}

function impurityOf(node: SyntaxNode, place: Place): string | null {
  if (node.async === true || node.type === 'AwaitExpression') return 'async';
  if (node.type === 'MetaProperty') return 'import.meta';
  if (node.type !== 'Identifier' || isPropertyName(place)) return null;
  const name = String(node.name);
  if (refusedNames.has(name)) return name;
  if (!Object.hasOwn(refusedProperties, name)) return null;
  return partlyRefused(name, place);
}

function partlyRefused(name: string, { parent, key }: Place): string | null {
  if (parent?.type === 'MemberExpression' && key === 'object' && parent.computed === false) {
    const property = String((parent.property as SyntaxNode).name);
    return refusedProperties[name]?.includes(property) ? `${name}.${property}` : null;
  }
  const made = parent?.type === 'NewExpression' && key === 'callee' && (parent.arguments as readonly unknown[]).length > 0;
  return name === 'Date' && made ? null : name;
}

/** A name that is a key or a member, not a variable. */
function isPropertyName({ parent, key }: Place): boolean {
  return parent !== null && parent.computed === false && (key === 'property' || key === 'key');
}

/** Types and interfaces; but not the expression in `value as Type`, `value satisfies Type`, `value!`. */
function isTypeOnly(node: SyntaxNode): boolean {
  return node.type.startsWith('TS') && !('expression' in node && 'typeAnnotation' in node) && node.type !== 'TSNonNullExpression';
}
