/**
 * The atomic numbers of the elements that conformers are made of: those of covalent molecules up to iodine, which usual
 * lengths and angles of bonds are known for. Which of them a network was trained on is in its weights; see
 * `learned.ts`.
 */
export const supportedElements: ReadonlySet<number> = new Set([
  1, 5, 6, 7, 8, 9, 14, 15, 16, 17, 32, 33, 34, 35, 50, 51, 52, 53,
]);
