/** What the first bytes of a MessagePack object say. */
export interface ObjectHead {
  /** The bytes of the head, and of text, binary data or a number what follows it. */
  readonly size: number;
  /** The objects that come after it and belong to it. */
  readonly children: number;
}

/** The sizes of objects that are one byte and so much more, by the first byte. */
const FIXED: ReadonlyMap<number, number> = new Map([
  ...[0xc0, 0xc2, 0xc3].map((type) => [type, 1] as const),
  [0xca, 5],
  [0xcb, 9],
  ...[0xcc, 0xcd, 0xce, 0xcf].map((type, k) => [type, 1 + 2 ** k] as const),
  ...[0xd0, 0xd1, 0xd2, 0xd3].map((type, k) => [type, 1 + 2 ** k] as const),
  ...[0xd4, 0xd5, 0xd6, 0xd7, 0xd8].map((type, k) => [type, 2 + 2 ** k] as const),
]);

/** Objects with a length: how many bytes it takes, what comes on top of it, or how many objects each of it stands for. */
const SIZED: ReadonlyMap<number, { width: 1 | 2 | 4; more?: number; children?: number }> = new Map([
  [0xc4, { width: 1 }],
  [0xc5, { width: 2 }],
  [0xc6, { width: 4 }],
  [0xc7, { width: 1, more: 1 }],
  [0xc8, { width: 2, more: 1 }],
  [0xc9, { width: 4, more: 1 }],
  [0xd9, { width: 1 }],
  [0xda, { width: 2 }],
  [0xdb, { width: 4 }],
  [0xdc, { width: 2, children: 1 }],
  [0xdd, { width: 4, children: 1 }],
  [0xde, { width: 2, children: 2 }],
  [0xdf, { width: 4, children: 2 }],
]);

/**
 * Reads the head of the object at `at` (https://github.com/msgpack/msgpack/blob/master/spec.md).
 *
 * @returns `more` where bytes are missing that tell its size, `wrong` where nothing begins with such a byte
 */
export function objectHead(bytes: DataView, at: number): ObjectHead | 'more' | 'wrong' {
  if (at >= bytes.byteLength) return 'more';
  const type = bytes.getUint8(at);
  if (type < 0x80 || type >= 0xe0) return { size: 1, children: 0 };
  if (type < 0x90) return { size: 1, children: 2 * (type & 15) };
  if (type < 0xa0) return { size: 1, children: type & 15 };
  if (type < 0xc0) return { size: 1 + (type & 31), children: 0 };
  const fixed = FIXED.get(type);
  if (fixed !== undefined) return { size: fixed, children: 0 };
  const sized = SIZED.get(type);
  if (sized === undefined) return 'wrong';
  const { width, more = 0, children } = sized;
  if (at + 1 + width > bytes.byteLength) return 'more';
  const length = width === 1 ? bytes.getUint8(at + 1) : width === 2 ? bytes.getUint16(at + 1) : bytes.getUint32(at + 1);
  if (children !== undefined) return { size: 1 + width, children: children * length };
  return { size: 1 + width + more + length, children: 0 };
}

/** Whether an object that begins with this byte is a map. */
export const isMapType = (type: number): boolean => (type >= 0x80 && type < 0x90) || type === 0xde || type === 0xdf;
