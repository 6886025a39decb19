/** What to do about molecules that are too large. */
export const TOO_LARGE = 'use a smaller one or raise --max-atoms';
