import { describe, expect, test } from 'vitest';
import { followCertificate, type Seen } from '../../src/core/certificate.ts';
import type { CertificateState } from '../../src/core/record.ts';

const bad = { hard: 'minor', grade: 'minor' } as const;

/** Follows one look after another, three of them replacing a certificate. */
function follow(looks: readonly Seen[], before?: CertificateState): CertificateState | undefined {
  return looks.reduce<CertificateState | undefined>((state, seen) => followCertificate(state, seen, 3), before);
}

describe('the certificate that a state is about', () => {
  test.each<[string, readonly Seen[], CertificateState | undefined]>([
    ['is none while none is seen', [{ fingerprint: undefined, ...bad }], undefined],
    ['is the one seen', [{ fingerprint: 'a', hard: null, grade: 'up' }], { fingerprint: 'a' }],
    [
      'changes at once while all is well',
      [
        { fingerprint: 'a', hard: 'up', grade: 'up' },
        { fingerprint: 'b', hard: 'up', grade: 'up' },
      ],
      { fingerprint: 'b' },
    ],
    [
      'stays until a good one is confirmed',
      [
        { fingerprint: 'a', ...bad },
        { fingerprint: 'b', hard: 'minor', grade: 'up' },
      ],
      { fingerprint: 'a' },
    ],
    [
      'stays while looks see none, or could not be made',
      [
        { fingerprint: 'a', ...bad },
        { fingerprint: undefined, ...bad },
        { fingerprint: 'b', hard: 'minor', grade: null },
      ],
      { fingerprint: 'a' },
    ],
    [
      'stays for two bad looks at another',
      [
        { fingerprint: 'a', ...bad },
        { fingerprint: 'b', ...bad },
        { fingerprint: 'b', ...bad },
      ],
      { fingerprint: 'a', next: { fingerprint: 'b', looks: 2 } },
    ],
    [
      'is replaced by three bad looks at another',
      [
        { fingerprint: 'a', ...bad },
        { fingerprint: 'b', ...bad },
        { fingerprint: 'b', ...bad },
        { fingerprint: 'b', ...bad },
      ],
      { fingerprint: 'b' },
    ],
    [
      'stays where two machines show theirs in turn',
      ['a', 'b', 'a', 'b', 'a', 'b', 'a'].map((fingerprint) => ({ fingerprint, ...bad })),
      { fingerprint: 'a' },
    ],
  ])('%s', (_name, looks, state) => {
    expect(follow(looks)).toEqual(state);
  });
});
