import type { NotificationKind } from '../../core/notification.ts';
import { oneLine } from '../clean.ts';
import { listFact, numberFact } from '../facts.ts';
import { notificationKindWords } from '../kinds.ts';
import { listed, quoted, sentences } from '../language.ts';
import { formatWords } from '../times.ts';
import { isMailChannel, type View } from '../view.ts';

const words = sentences({
  en: {
    refused: (late: string, response: string) =>
      `This mail is ${late} late: until now the mail server would not take it, and last said ${response}.`,
    tried: (late: string) => `This mail is ${late} late: until now the mail server could not be reached.`,
    off: (late: string) => `This mail is ${late} late: incidentd was not running meanwhile, or did not get to it.`,
    folded: (kinds: string) => `This mail also stands for others that have become pointless by now: ${kinds}.`,
    copy: 'This may be a copy: the mail server’s answer to the first one was lost.',
    message: {
      refused: (late: string, response: string) =>
        `This message is ${late} late: until now it was not taken, and the last answer was ${response}.`,
      tried: (late: string) => `This message is ${late} late: until now it could not be delivered.`,
      off: (late: string) => `This message is ${late} late: incidentd was not running meanwhile, or did not get to it.`,
      folded: (kinds: string) => `This message also stands for others that have become pointless by now: ${kinds}.`,
      copy: 'This may be a copy: the answer to the first one was lost.',
    },
  },
  de: {
    refused: (late: string, response: string) =>
      `Diese Mail kommt ${late} zu spät: Der Mailserver hat sie vorher nicht angenommen, zuletzt mit ${response}.`,
    tried: (late: string) => `Diese Mail kommt ${late} zu spät: Der Mailserver war vorher nicht zu erreichen.`,
    off: (late: string) => `Diese Mail kommt ${late} zu spät: incidentd lief in der Zwischenzeit nicht oder kam nicht dazu.`,
    folded: (kinds: string) => `Diese Mail steht auch für andere, die sich inzwischen erübrigt haben: ${kinds}.`,
    copy: 'Das ist vielleicht eine Kopie: Die Antwort des Mailservers auf die erste ging verloren.',
    message: {
      refused: (late: string, response: string) =>
        `Diese Nachricht kommt ${late} zu spät: Sie wurde vorher nicht angenommen, zuletzt mit ${response}.`,
      tried: (late: string) => `Diese Nachricht kommt ${late} zu spät: Sie ließ sich vorher nicht zustellen.`,
      off: (late: string) =>
        `Diese Nachricht kommt ${late} zu spät: incidentd lief in der Zwischenzeit nicht oder kam nicht dazu.`,
      folded: (kinds: string) => `Diese Nachricht steht auch für andere, die sich inzwischen erübrigt haben: ${kinds}.`,
      copy: 'Das ist vielleicht eine Kopie: Die Antwort auf die erste ging verloren.',
    },
  },
});

/** A mail later than this says so. */
const lateMs = 2 * 60_000;

/** What is to be said about the mail itself: late, standing for others, possibly a copy. */
export function notes(view: View): readonly string[] {
  return [lateness(view), folded(view), copy(view)].filter((note) => note !== null);
}

function textsFor(view: View) {
  const texts = words(view.language);
  return isMailChannel(view.notification.channel) ? texts : texts.message;
}

/** By how much and why the mail is late; null when it is not. Time that it was meant to wait is no lateness. */
function lateness(view: View): string | null {
  const { notification, now } = view;
  const planned = notification.attempts <= 1 ? Math.max(notification.at, notification.notBefore) : notification.at;
  const late = now - (numberFact(view.facts, 'due') ?? planned);
  if (late <= lateMs) return null;
  const texts = textsFor(view);
  const length = formatWords(late, view.language);
  const response = oneLine(notification.response ?? '', 160);
  if (response !== '') return texts.refused(length, quoted(response, view.language));
  return notification.attempts > 1 ? texts.tried(length) : texts.off(length);
}

function folded(view: View): string | null {
  const kinds = [...new Set(listFact(view.facts, 'folded'))].map((kind) => kindWord(kind, view));
  return kinds.length === 0 ? null : textsFor(view).folded(listed(kinds, view.language));
}

function kindWord(kind: string, view: View): string {
  return notificationKindWords[view.language][kind as NotificationKind] ?? kind;
}

function copy(view: View): string | null {
  return view.notification.doubtful === 0 ? null : textsFor(view).copy;
}
