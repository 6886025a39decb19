/** Whether a file begins as zip archives do. */
export const beginsLikeZip = (start: Uint8Array): boolean => [0x50, 0x4b, 3, 4].every((byte, k) => start[k] === byte);
