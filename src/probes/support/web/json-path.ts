/** The value at a path such as `data.items[0].state` or `items.0`; undefined where there is none. */
export function readPath(document: unknown, path: string): unknown {
  let value = document;
  for (const key of path.replaceAll(/\[(\d+)\]/g, '.$1').split('.')) {
    if (key === '' && value === document) continue;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}
