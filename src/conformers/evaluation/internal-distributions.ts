import type { Molecule } from '../../molecules/molecule.js';
import { type InternalKind, internalCoordinates, internalKinds, measureInternal } from './internal-coordinates.js';

/** A molecule with conformers of both sets, positions [atoms · 3] in Å. */
export interface ConformerPair {
  readonly molecule: Molecule;
  readonly references: readonly ArrayLike<number>[];
  readonly generated: readonly ArrayLike<number>[];
}

/** How a type of bond, angle or torsion is distributed in references and in generated conformers. */
export interface InternalDistribution {
  readonly kind: InternalKind;
  /** `C–C=O` */
  readonly type: string;
  /** Å or degrees. */
  readonly references: Float32Array;
  readonly generated: Float32Array;
}

interface Values {
  readonly kind: InternalKind;
  readonly type: string;
  readonly references: number[];
  readonly generated: number[];
}

/**
 * The commonest types of each kind over all molecules, the commonest first. Values that are no numbers (atoms that
 * coincide) are left out.
 * @param count types of each kind
 */
export function internalDistributions(pairs: Iterable<ConformerPair>, count: number): InternalDistribution[] {
  const found = new Map<string, Values>();
  for (const { molecule, references, generated } of pairs) {
    for (const { kind, type, atoms } of internalCoordinates(molecule)) {
      const key = `${kind} ${type}`;
      const values = found.get(key) ?? { kind, type, references: [], generated: [] };
      found.set(key, values);
      for (const positions of references) collect(values.references, atoms, positions);
      for (const positions of generated) collect(values.generated, atoms, positions);
    }
  }
  const ordered = [...found.values()].sort((a, b) => b.references.length - a.references.length);
  return internalKinds.flatMap((kind) =>
    ordered
      .filter((values) => values.kind === kind)
      .slice(0, count)
      .map(({ type, references, generated }) => ({
        kind,
        type,
        references: Float32Array.from(references),
        generated: Float32Array.from(generated),
      })),
  );
}

function collect(values: number[], atoms: readonly number[], positions: ArrayLike<number>): void {
  const value = measureInternal(atoms, positions);
  if (Number.isFinite(value)) values.push(value);
}
