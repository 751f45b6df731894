/** One thing that was tried: `no` is wrong and must be mended, `unclear` could not be found out, or is good to know. */
export interface Finding {
  readonly about: string;
  readonly ok: 'yes' | 'no' | 'unclear';
  /** What was seen, one line. */
  readonly says: string;
  /** What mends it, to be copied: commands, or lines of a file. */
  readonly fix?: string;
}

export function well(about: string, says: string): Finding {
  return { about, ok: 'yes', says };
}

export function wrong(about: string, says: string, fix: string): Finding {
  return { about, ok: 'no', says, fix };
}

export function unclear(about: string, says: string, fix?: string): Finding {
  return { about, ok: 'unclear', says, ...(fix === undefined ? {} : { fix }) };
}
