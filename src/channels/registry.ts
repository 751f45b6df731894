import { command } from './command.ts';
import type { Channel } from './contract.ts';
import { email } from './email.ts';
import { matrix } from './matrix.ts';
import { ntfy } from './ntfy.ts';
import { webhook } from './webhook.ts';

/** Every way to tell, one line each. A contact that is written as a single value has the first one. */
export const channels: readonly Channel[] = [email, webhook, command, ntfy, matrix];
