/**
 * Checks the numbers that a program gathers or scatters by: the engine would read what is not there.
 * @param what what they number
 * @throws RangeError naming array, position and value, and how many there are
 */
export function requireIndices(indices: Int32Array, name: string, count: number, what: string): void {
  for (let at = 0; at < indices.length; at++)
    if (indices[at] < 0 || indices[at] >= count) refuse(indices, name, at, count, what);
}

function refuse(indices: Int32Array, name: string, at: number, count: number, what: string): never {
  const range = count === 0 ? `there are no ${what}` : `the ${what} are numbered from 0 to ${count - 1}`;
  throw new RangeError(`${name}[${at}] is ${indices[at]}, but ${range}`);
}
