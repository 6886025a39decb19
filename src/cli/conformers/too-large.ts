/** What to do about molecules that are too large. */
export const TOO_LARGE = 'take a smaller one or raise --max-atoms';
