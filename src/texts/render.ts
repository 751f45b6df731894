import { layoutHtml } from './layout-html.ts';
import { layoutText } from './layout-text.ts';
import type { Letter } from './letter.ts';
import { mailKinds } from './mail-kinds.ts';
import type { Message } from './message.ts';
import { footer } from './parts/footer.ts';
import { notes } from './parts/notes.ts';
import { subject } from './subject.ts';
import { viewOf } from './view.ts';

export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The whole mail in the recipient's language. Everything from outside in it is data: cleaned, cut and escaped. */
export function renderMail(message: Message): RenderedMail {
  const view = viewOf(message);
  const letter = mailKinds[message.notification.kind].letter(view);
  const whole: Letter = { ...letter, lead: [...letter.lead, ...notes(view)] };
  const bottom = footer(view);
  return {
    subject: subject(message),
    text: layoutText(whole, bottom),
    html: layoutHtml(whole, bottom, view.language),
  };
}
