import { describe, expect, it } from 'vitest';
import { escapeHtml, html } from '../../src/lib/html.ts';

describe('markup', () => {
  it('escapes every value, in elements and in attributes', () => {
    const hostile = `<script>"'&`;

    expect(html`<p title="${hostile}">${hostile}</p>`.markup).toBe(
      '<p title="&lt;script&gt;&quot;&#39;&amp;">&lt;script&gt;&quot;&#39;&amp;</p>',
    );
    expect(escapeHtml('a < b')).toBe('a &lt; b');
  });

  it('takes markup as it is, alone or in a list', () => {
    const items = ['<a>', 'b'].map((text) => html`<li>${text}</li>`);

    expect(html`<ul>${items}</ul>${html`<br>`}`.markup).toBe('<ul><li>&lt;a&gt;</li><li>b</li></ul><br>');
  });

  it('writes numbers, and nothing for null', () => {
    expect(html`${0}${null}${12}`.markup).toBe('012');
  });
});
