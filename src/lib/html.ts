/** Markup that is safe to send: made by `html` only, so that text cannot be taken for it. */
export interface Html {
  readonly markup: string;
}

type Value = string | number | Html | readonly Html[] | null;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for element content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Template of markup: every value is escaped, unless it is markup itself; lists of markup are joined, null is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const markup = parts.reduce((whole, part, index) => whole + rendered(values[index - 1] ?? null) + part);
  return { markup };
}

function rendered(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  if ('markup' in value) return value.markup;
  return value.map((item) => item.markup).join('');
}
