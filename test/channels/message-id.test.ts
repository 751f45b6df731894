import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/channels/contract.ts';
import { messageId, threadRoots } from '../../src/channels/mail/message-id.ts';
import { incident, message, notification } from '../texts/sample.ts';

const from = 'a@kanzlei.example';

describe('a Message-ID', () => {
  const decided = { key: 'INC-2026-0042/e2/level-1/r3/anna/email', at: 1 };

  it('is the same for the same key and another for another', () => {
    expect(messageId(decided, 'a@kanzlei.example')).toBe(messageId({ ...decided }, 'b@kanzlei.example'));
    expect(messageId(decided, from)).not.toBe(messageId({ ...decided, key: `${decided.key}-2` }, from));
  });

  it('is another for the same key in another life: numbers begin anew with an empty state folder', () => {
    expect(messageId({ ...decided, at: 2 }, from)).not.toBe(messageId(decided, from));
  });

  it.each(['INC-2026-0042/e2/level-1/r3/anna/email', '///', `x${'/anna'.repeat(100)}`, 'Ümläut/ <b@c>\r\nBcc: x@y/../'])(
    'of %j is one that every server accepts',
    (key) => {
      expect(messageId({ key, at: 1 }, 'monitoring@bücher.example')).toMatch(
        /^<[a-z0-9]+(\.[a-z0-9]+)*@xn--bcher-kva\.example>$/,
      );
      expect(messageId({ key, at: 1 }, 'monitoring@bücher.example').length).toBeLessThan(120);
    },
  );
});

const keysOf = (of: Message) => threadRoots(of).map(({ key }) => key);

describe('the roots of a thread', () => {
  const first = notification({ key: 'first' });

  it('are none for the first mail', () => {
    expect(threadRoots(message())).toEqual([]);
  });

  it('are the first mail of each incident, each once', () => {
    const both = [incident(), incident({ id: 'INC-2026-0043' })];
    const other = notification({ key: 'other', incidents: ['INC-2026-0043'] });
    const again = notification({ key: 'again' });

    const roots = keysOf(
      message({ incidents: both, notification: { kind: 'group', key: 'now' }, thread: [first, other, again] }),
    );

    expect(roots).toEqual(['first', 'other']);
  });

  it('follow a mail that was folded into one that was folded as well', () => {
    const folded = notification({ key: 'a', state: 'folded', foldedInto: 'b' });
    const group = notification({ key: 'b', state: 'folded', foldedInto: 'c' });
    const last = notification({ key: 'c' });

    expect(keysOf(message({ notification: { key: 'now' }, thread: [folded, group, last] }))).toEqual(['c']);
  });

  it('end in time when mails are folded in a circle', () => {
    const one = notification({ key: 'a', state: 'folded', foldedInto: 'b' });
    const other = notification({ key: 'b', state: 'folded', foldedInto: 'a' });

    expect(threadRoots(message({ notification: { key: 'now' }, thread: [one, other] }))).toHaveLength(1);
  });

  it('are none for a digest, which belongs to no incident', () => {
    expect(threadRoots(message({ notification: { kind: 'digest', key: 'now' }, thread: [first] }))).toEqual([]);
  });
});
