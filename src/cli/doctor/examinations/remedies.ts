import { isSecret } from '../../../lib/secret.ts';
import type { Program } from '../../../remedies/contract.ts';
