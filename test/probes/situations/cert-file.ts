import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificationAuthority } from '../../net/support/certificates.ts';
import { down, type Situation, type Situations, up } from '../support/situation.ts';

function holding(text: (certificate: string) => string, rest: Pick<Situation, 'status' | 'reason'>): Situation {
  const authority = certificationAuthority();
  const path = join(authority.folder, 'office.pem');
  writeFileSync(path, text(authority.ca));
  return { typed: path, ...rest, end: () => authority[Symbol.dispose]() };
}

export const situations: Situations = {
  healthy: () => holding((certificate) => certificate, up),
  refusing: () => ({ typed: '/nowhere/office.pem', ...down('content') }),
  silent: 'a mount that hangs cannot be made here; see the tests of file systems',
  lying: () => holding((certificate) => certificate.slice(0, 100), down('content')),
};
