/** The longest text that a person may write in one act, in bytes of UTF-8. */
export const longestByteLength = 4096;

/** The longest body of a request, in bytes. */
export const longestBody = 64 * 1024;
