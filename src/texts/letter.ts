/** A mail's body before it is laid out as text and as HTML: plain words only, never markup. */

/** One labelled line of the first screen; `code` is something to type, after the text. */
export interface Row {
  readonly label: string;
  readonly text: string;
  readonly code?: string;
}

export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
  /** `list`: one point a line; `block`: lines kept as they are, such as a runbook; `text`: one paragraph a line. */
  readonly as: 'list' | 'block' | 'text';
}

export interface Letter {
  readonly title: string;
  /** The first sentences: what has happened. */
  readonly lead: readonly string[];
  readonly rows: readonly Row[];
  readonly sections: readonly Section[];
}

/** Rows and sections of which some may be missing. */
export function present<Item>(items: readonly (Item | null)[]): readonly Item[] {
  return items.filter((item) => item !== null);
}
