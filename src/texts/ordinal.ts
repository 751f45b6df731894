const words = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const endings = ['th', 'st', 'nd', 'rd'];

/** `third`, `21st`: which one of several, in English. */
export function ordinal(count: number): string {
  const isTeen = count % 100 >= 11 && count % 100 <= 13;
  return words[count - 1] ?? `${count}${(isTeen ? undefined : endings[count % 10]) ?? 'th'}`;
}
