import { email } from './email.ts';

/** Every way to tell, one line each, by the kind that `ChannelRule` names. */
export const channels = { email } as const;
