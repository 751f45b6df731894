/** Names of files that look alike: `*` any characters, `?` one, `[0-9]` one of some, as in a shell. */

/** Whether a path names more than one file. */
export function hasWildcard(path: string): boolean {
  return /[*?[]/.test(path);
}

/** Whether a name has the form of a pattern. A name that begins with a dot needs one in the pattern. Takes |name| × |pattern| steps. */
export function matchesWildcard(name: string, pattern: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false;
  const characters = [...name];
  const pieces = pattern.match(/\*+|\[!?\]?[^\]]*\]|./gsu) ?? [];
  let reached = new Set([0]);
  for (const piece of pieces) {
    const isStar = piece.startsWith('*');
    const next = new Set<number>();
    for (const at of reached) {
      if (isStar) for (let end = at; end <= characters.length && !next.has(end); end += 1) next.add(end);
      else if (at < characters.length && fits(characters[at] ?? '', piece)) next.add(at + 1);
    }
    reached = next;
  }
  return reached.has(characters.length);
}

function fits(character: string, piece: string): boolean {
  if (piece === '?') return true;
  if (piece.length < 3 || !piece.startsWith('[')) return piece === character;
  const isNegated = piece[1] === '!';
  const inside = piece.slice(isNegated ? 2 : 1, -1);
  return (inside.match(/.-.|./gsu) ?? []).some((part) => isWithin(character, part)) !== isNegated;
}

/** Whether a character is in `a-z`, or is the one. */
function isWithin(character: string, part: string): boolean {
  const [from = '', dash, to] = [...part];
  return dash === '-' && to !== undefined ? from <= character && character <= to : character === from;
}
