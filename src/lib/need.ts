import type { Secret } from './secret.ts';

/** What a configured thing cannot work without, so that it can be tried beforehand: a program, a readable file, or a web address that is reached. */
export type Need = { readonly program: string | Secret } | { readonly file: string | Secret } | { readonly address: Secret };
