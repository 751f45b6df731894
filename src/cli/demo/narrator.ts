import { styleText } from 'node:util';
import { wrap } from '../views/layout.ts';
import type { World } from '../world.ts';
import type { ReceivedMail } from './mail-server.ts';

const indent = '      ';
/** Lines of a mail that a phone shows at first. */
const mailLines = 9;

/** Tells the story in lines with the elapsed time. */
export class Narrator {
  readonly #world: Pick<World, 'out' | 'columns' | 'colour'>;
  readonly #begun = performance.now();
  /** Mails that wait for the end of what is being told; null when nothing is. */
  #waiting: ReceivedMail[] | null = null;

  constructor(world: Pick<World, 'out' | 'columns' | 'colour'>) {
    this.#world = world;
  }

  /** Width of what is quoted. */
  get columns(): number {
    return this.#world.columns - indent.length;
  }

  /** `0:12  the website stops` */
  say(text: string): void {
    const [first = '', ...more] = wrap(text, this.columns);
    this.#line(this.#paint(this.#elapsed().padEnd(indent.length), 'gray') + first);
    for (const line of more) this.#line(indent + line);
  }

  /** Text of others, as it is. */
  quote(text: string): void {
    for (const line of text.trimEnd().split('\n')) this.#line(`${indent}${line}`.trimEnd());
  }

  /** Tells of each mail that arrives meanwhile afterwards. */
  async beforeMails<Result>(work: () => Promise<Result>): Promise<Result> {
    const waiting: ReceivedMail[] = [];
    this.#waiting = waiting;
    try {
      return await work();
    } finally {
      this.#waiting = null;
      for (const mail of waiting) this.mail(mail);
    }
  }

  /** Recipient, subject and first lines of a mail. */
  mail(mail: ReceivedMail): void {
    if (this.#waiting === null) this.#tellMail(mail);
    else this.#waiting.push(mail);
  }

  #tellMail({ to, subject, text }: ReceivedMail): void {
    const width = this.columns - 2;
    const lines = bodyLines(text).filter((line) => !subject.includes(line));
    const more = lines.length > mailLines ? ['…'] : [];
    this.say(`mail to ${to}`);
    for (const line of wrap(subject, width)) this.#line(`${indent}| ${this.#paint(line, 'bold')}`);
    for (const line of lines.slice(0, mailLines).flatMap((one) => wrapIndented(one, width))) this.#line(`${indent}| ${line}`);
    for (const line of more) this.#line(`${indent}| ${line}`);
  }

  #elapsed(): string {
    const seconds = Math.floor((performance.now() - this.#begun) / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }

  #paint(text: string, style: 'gray' | 'bold'): string {
    return this.#world.colour ? styleText(style, text, { validateStream: false }) : text;
  }

  #line(text: string): void {
    this.#world.out(`${text}\n`);
  }
}

/** What is not empty, without the footer behind the line `-- ` (RFC 3676 4.3). */
function bodyLines(text: string): readonly string[] {
  const [body = ''] = text.split(/^-- ?$/m);
  return body.split('\n').filter((line) => line.trim() !== '');
}

/** Keeps what stands before the first word before the further lines too. */
function wrapIndented(line: string, width: number): readonly string[] {
  const before = /^ */.exec(line)?.[0] ?? '';
  return wrap(line.trim(), width - before.length).map((text) => before + text);
}
