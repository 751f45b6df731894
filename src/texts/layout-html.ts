import type { Language } from '../core/rules.ts';
import { type Html, html } from '../lib/html.ts';
import type { Letter, Row, Section } from './letter.ts';

const style: Html = html`
body { margin: 0; background: #ffffff; color: #1c1e21; }
.page { max-width: 38em; margin: 0 auto; padding: 16px; font: 16px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
h1 { font-size: 20px; line-height: 1.3; margin: 0 0 12px; }
h2 { font-size: 16px; margin: 20px 0 4px; }
p { margin: 0 0 10px; }
ul { margin: 0; padding-left: 20px; }
.label { color: #5a6069; }
pre { margin: 6px 0 0; padding: 8px 10px; background: #f0f2f5; color: #1c1e21; border-radius: 4px; font: 14px/1.4 ui-monospace, Menlo, Consolas, monospace; white-space: pre-wrap; word-break: break-word; }
.footer { margin-top: 24px; padding-top: 10px; border-top: 1px solid #d0d4da; color: #5a6069; font-size: 13px; }
@media (prefers-color-scheme: dark) {
  body { background: #16181b !important; color: #e8eaed !important; }
  .label, .footer { color: #a9b0b9 !important; }
  pre { background: #24282d !important; color: #e8eaed !important; }
  .footer { border-color: #3a4048 !important; }
}
`;

/** Styles for readers that drop the head of a mail. */
const inline = {
  page: 'max-width:38em;margin:0 auto;padding:16px;font:16px/1.45 system-ui,-apple-system,Segoe UI,Roboto,sans-serif',
  title: 'font-size:20px;line-height:1.3;margin:0 0 12px',
  section: 'font-size:16px;margin:20px 0 4px',
  text: 'margin:0 0 10px',
  code: 'margin:6px 0 0;padding:8px 10px;border-radius:4px;font:14px/1.4 ui-monospace,Menlo,Consolas,monospace;white-space:pre-wrap;word-break:break-word',
  list: 'margin:0;padding-left:20px',
  footer: 'margin-top:24px;padding-top:10px;border-top:1px solid #888;font-size:13px',
} as const;

/** A letter as one HTML page: light and dark, readable on a phone, nothing remote, every text escaped. */
export function layoutHtml(letter: Letter, footer: readonly string[], language: Language): string {
  const page = html`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${letter.title}</title>
<style>${style}</style>
</head>
<body>
<div class="page" style="${inline.page}">
<h1 style="${inline.title}">${letter.title}</h1>
${letter.lead.map(paragraph)}${letter.rows.map(row)}${letter.sections.map(section)}<div class="footer" style="${inline.footer}">
${footer.map((line) => html`<div>${line}</div>\n`)}</div>
</div>
</body>
</html>
`;
  return page.markup;
}

function paragraph(text: string): Html {
  return html`<p style="${inline.text}">${text}</p>\n`;
}

function row({ label, text, code }: Row): Html {
  const command = code === undefined ? null : block(code);
  return html`<div style="${inline.text}"><b class="label">${label}</b><br>${text}${command}</div>\n`;
}

function block(text: string): Html {
  return html`<pre style="${inline.code}">${text}</pre>`;
}

function section({ title, lines, as }: Section): Html {
  const heading = html`<h2 style="${inline.section}">${title}</h2>\n`;
  if (as === 'block') return html`${heading}${block(lines.join('\n'))}\n`;
  if (as === 'text') return html`${heading}${lines.map(paragraph)}`;
  return html`${heading}<ul style="${inline.list}">${lines.map((line) => html`<li>${line}</li>`)}</ul>\n`;
}
