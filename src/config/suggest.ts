/** The nearest name for a typo. */

const longestCompared = 60;

/** The candidate that `word` most likely meant; undefined when none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > longestCompared) return undefined;
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of candidates) {
    if (Math.abs(name.length - word.length) > limit || name.length > longestCompared) continue;
    const distance = editDistance(word.toLowerCase(), name.toLowerCase());
    if (distance <= limit && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { name, distance };
  }
  return best?.name;
}

/** ` (did you mean "interval"?)`, or what is allowed when nothing is near. */
export function hint(word: string, candidates: Iterable<string>, allowed = 'allowed'): string {
  const known = [...new Set(candidates)];
  const near = nearest(word, known);
  if (near !== undefined) return ` (did you mean "${near}"?)`;
  return known.length === 0 ? '' : `; ${allowed}: ${enumeration(known)}`;
}

const longestEnumeration = 40;

/** Names in a row; a long list is cut. */
export function enumeration(names: readonly string[]): string {
  const shown = names.slice(0, longestEnumeration).join(', ');
  return names.length > longestEnumeration ? `${shown} and ${names.length - longestEnumeration} more` : shown;
}

/** Letters to insert, remove, replace or swap with their neighbour (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(at(previous, column) + 1, at(current, column - 1) + 1, at(previous, column - 1) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, at(older, column - 2) + 1);
      current.push(cost);
    }
    older = previous;
    previous = current;
  }
  return at(previous, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
