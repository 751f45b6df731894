/** Bodies that services want, made of the same event. */
import { escapeHtml } from '../../lib/html.ts';
import { shortened } from './call.ts';
import type { Event } from './event.ts';

export const presets = ['slack', 'teams', 'matrix'] as const;
type Preset = (typeof presets)[number];

/** Slack shows 40,000 characters of a message, Teams takes 28 KB of a card, an event of Matrix has 65,536 bytes. */
const textBytes = 12_000;

/** What is sent: the event itself, or its subject and text as a service shows them. Nothing in them is taken for markup. */
export function bodyFor(preset: Preset | undefined, event: Event): unknown {
  const { subject } = event;
  const text = shortened(event.text, textBytes);
  switch (preset) {
    case undefined:
      return event;
    case 'slack':
      return { text: `*${slackText(subject)}*\n${slackText(text)}` };
    case 'teams':
      return teamsCard(subject, text);
    case 'matrix':
      return { text: `${subject}\n\n${text}`, html: matrixHtml(subject, text) };
    default:
      preset satisfies never;
  }
}

/** The three characters by which Slack knows links, mentions and entities. */
function slackText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What a generic webhook of matrix-hookshot takes: it would read a text alone as Markdown. */
function matrixHtml(subject: string, text: string): string {
  return `<strong>${escapeHtml(subject)}</strong><br>${escapeHtml(text).replaceAll('\n', '<br>')}`;
}

/** A message with one Adaptive Card. Text runs, other than text blocks, are no Markdown: a link in them stays text. */
function teamsCard(subject: string, text: string): unknown {
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [paragraph({ text: subject, weight: 'Bolder', size: 'Medium' }), ...text.split('\n').map(line)],
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

function line(text: string): unknown {
  return { ...paragraph({ text: text === '' ? ' ' : text }), spacing: 'None' };
}

function paragraph(run: { readonly text: string; readonly weight?: 'Bolder'; readonly size?: 'Medium' }) {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', ...run }] };
}
