/** Plain data with its large arrays in memory that threads share; those that lie there already stay where they are. */
export function shareArrays(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return value.buffer instanceof SharedArrayBuffer ? value : shared(value);
  if (Array.isArray(value)) return value.map(shareArrays);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shareArrays(part)]));
}

/** The same numbers elsewhere. Arrays of another kind than these come to each thread as a copy. */
function shared(view: ArrayBufferView): ArrayBufferView {
  const memory = new SharedArrayBuffer(view.byteLength);
  new Uint8Array(memory).set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  if (view instanceof Float32Array) return new Float32Array(memory);
  if (view instanceof Float64Array) return new Float64Array(memory);
  if (view instanceof Int32Array) return new Int32Array(memory);
  if (view instanceof Uint8Array) return new Uint8Array(memory);
  return view;
}
