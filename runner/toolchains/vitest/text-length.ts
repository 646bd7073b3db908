/** Longest message, expected or actual value that is passed on from a test, in characters. */
export const maxTextLength = 8192;

/** How much of a query's text is told when it is sent, in characters: as much as `runner/trace` compares. */
export const maxSentText = 256;
