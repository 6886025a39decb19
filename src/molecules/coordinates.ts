/** @throws RangeError unless there are three numbers for each atom */
export function requireCoordinateCount(atoms: number, coordinates: ArrayLike<number>): void {
  if (coordinates.length === 3 * atoms) return;
  throw new RangeError(`a molecule of ${atoms} atoms has ${3 * atoms} coordinates, not ${coordinates.length}`);
}

/** @throws RangeError unless there are three finite numbers for each atom; the atom is counted from 1 */
export function requireCoordinates(atoms: number, coordinates: ArrayLike<number>): void {
  requireCoordinateCount(atoms, coordinates);
  for (let k = 0; k < coordinates.length; k++) {
    if (Number.isFinite(coordinates[k])) continue;
    throw new RangeError(`a coordinate of atom ${Math.floor(k / 3) + 1} is ${coordinates[k]}`);
  }
}
