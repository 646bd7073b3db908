/** Longest message, expected or actual value that is passed on from a test, in characters. */
export const maxTextLength = 8192;
