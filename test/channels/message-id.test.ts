import { describe, expect, it } from 'vitest';
import { messageId, threadRoots } from '../../src/channels/mail/message-id.ts';
import { incident, message, notification } from '../texts/sample.ts';

describe('a Message-ID', () => {
  it('is the same for the same key and another for another', () => {
    const key = 'INC-2026-0042/e2/level-1/r3/anna/email';

    expect(messageId(key, 'a@kanzlei.example')).toBe(messageId(key, 'b@kanzlei.example'));
    expect(messageId(key, 'a@kanzlei.example')).not.toBe(messageId(`${key}-2`, 'a@kanzlei.example'));
  });

  it.each(['INC-2026-0042/e2/level-1/r3/anna/email', '///', `x${'/anna'.repeat(100)}`, 'Ümläut/ <b@c>\r\nBcc: x@y/../'])(
    'of %j is one that every server accepts',
    (key) => {
      expect(messageId(key, 'monitoring@bücher.example')).toMatch(/^<[a-z0-9]+(\.[a-z0-9]+)*@xn--bcher-kva\.example>$/);
      expect(messageId(key, 'monitoring@bücher.example').length).toBeLessThan(120);
    },
  );
});

describe('the roots of a thread', () => {
  const first = notification({ key: 'first' });

  it('are none for the first mail', () => {
    expect(threadRoots(message())).toEqual([]);
  });

  it('are the first mail of each incident, each once', () => {
    const both = [incident(), incident({ id: 'INC-2026-0043' })];
    const other = notification({ key: 'other', incidents: ['INC-2026-0043'] });
    const again = notification({ key: 'again' });

    const roots = threadRoots(
      message({ incidents: both, notification: { kind: 'group', key: 'now' }, thread: [first, other, again] }),
    );

    expect(roots).toEqual(['first', 'other']);
  });

  it('follow a mail that was folded into one that was folded as well', () => {
    const folded = notification({ key: 'a', state: 'folded', foldedInto: 'b' });
    const group = notification({ key: 'b', state: 'folded', foldedInto: 'c' });

    expect(threadRoots(message({ notification: { key: 'now' }, thread: [folded, group] }))).toEqual(['c']);
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
