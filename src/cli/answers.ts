import { hint } from '../config/suggest.ts';
import type { Answer, AnswerReason } from '../core/event.ts';
import { selfService } from '../core/rules.ts';

/** What a sentence may use of an answer. */
interface AnswerView {
  /** The incident's id. */
  readonly incident: string;
  text(name: string): string;
  list(name: string): readonly string[];
  number(name: string): number;
  /** A fact that is an instant, as `today 14:05`. */
  time(name: string): string;
}

/** The answer to a person's act as a sentence; `time` writes an instant (epoch ms). */
export function answerSentence(answer: Answer, time: (at: number) => string): string {
  const facts = answer.facts ?? {};
  const number = (name: string) => Number(facts[name] ?? 0);
  return sentences[answer.reason]({
    incident: answer.incident ?? 'the incident',
    text: (name) => String(facts[name] ?? ''),
    list: (name) => (Array.isArray(facts[name]) ? facts[name] : []),
    number,
    time: (name) => time(number(name)),
  });
}

const sentences: Readonly<Record<AnswerReason, (view: AnswerView) => string>> = {
  acknowledged: ({ incident, text, time }) => {
    const before = text('before') === '' ? '' : `, taken over from ${text('before')}`;
    return `${text('by')} has ${incident} until ${time('until')}${before}; nobody else is called until then`;
  },
  released: ({ incident }) => `${incident} is given back; escalation goes on`,
  assigned: ({ incident, text, time }) => `${incident} is assigned to ${text('to')} until ${time('until')}, who is told`,
  noted: ({ incident }) => `noted on ${incident}`,
  resolved: ({ incident }) => `${incident} is resolved; everybody who was told of it is told`,
  'resolution-recorded': ({ incident }) => `recorded on ${incident}`,
  'resolution-recorded-checking': ({ incident }) =>
    `recorded on ${incident}; its checks look now and decide whether it is over (still failing in 5 minutes, escalation goes on)`,
  closed: ({ incident }) => `${incident} is closed`,
  reported: ({ incident, text }) => `reported as ${incident}, priority ${text('priority')}`,
  joined: ({ incident, text, time }) => {
    const taker = text('taker') === '' ? 'nobody has taken it yet' : `${text('taker')} is on it`;
    return `known as ${incident} since ${time('since')}, ${taker}; your report is added to it`;
  },
  beat: ({ text }) => `heartbeat noted for ${text('check')}`,
  'beat-failed': ({ text }) => `failure noted for ${text('check')}`,
  'maintenance-started': ({ time }) => `maintenance until ${time('until')}: failures are recorded and open no incident`,
  'maintenance-ended': ({ number }) => `${number('count') === 1 ? '1 window is' : `${number('count')} windows are`} ended`,
  'unknown-id': ({ text }) => `there is no incident ${text('id')} to act on; incidentd incidents lists them`,
  'unknown-service': ({ text, list }) =>
    `there is no service "${text('service')}"${hint(
      text('service'),
      list('known').filter((id) => id !== selfService),
      'known',
    )}`,
  'unknown-contact': ({ text, list }) =>
    `there is no contact "${text('contact')}"${hint(text('contact'), list('known'), 'known')}`,
  'already-closed': ({ incident, text, number, time }) => {
    const since = number('since') === 0 ? '' : `, since ${time('since')}`;
    const left = text('kept') === 'history' ? 'its record is complete and takes no more' : 'note and resolve still work on it';
    return `${incident} is closed already${since}; ${left}`;
  },
  'already-resolved': ({ incident }) => `${incident} is resolved already`,
  'not-acknowledged': ({ incident }) => `nobody has taken ${incident}`,
  'still-open': ({ incident }) =>
    `${incident} is not over: resolve records cause and fix, and checks decide; close --force closes it all the same`,
  'no-heartbeat': ({ text, list }) => {
    const others = list('known').length === 0 ? 'no heartbeat' : `only ${list('known').join(', ')}`;
    return `${text('service')} waits for ${others}`;
  },
  'several-heartbeats': ({ text, list }) =>
    `${text('service')} waits for several heartbeats; name one: ${list('known')
      .map((name) => `${text('service')}/${name}`)
      .join(', ')}`,
  'no-maintenance': () => 'no window that was started by hand is open there; those of the configuration end by themselves',
  'internal-error': () => 'internal error: nothing was done; the log of incidentd says more',
  stopping: () => 'the daemon is stopping; try again when it is back',
};
