import { describe, expect, it } from 'vitest';
import { distanceBounds } from '../../../src/molecules/distance-geometry/distance-bounds.js';
import { embeddingError } from '../../../src/molecules/distance-geometry/embedding-objectives.js';
import { embeddingTerms } from '../../../src/molecules/distance-geometry/embedding-terms.js';
import { embedRandomDistances } from '../../../src/molecules/distance-geometry/metric-embedding.js';
import { refinement } from '../../../src/molecules/distance-geometry/refinement-energy.js';
import { idealGeometry } from '../../../src/molecules/ideal-geometry/ideal-geometry.js';
import { parseSmiles } from '../../../src/molecules/smiles/smiles.js';
import { addTorsions } from '../../../src/molecules/torsions/torsion-energy.js';
import { torsionAngle } from '../../../src/molecules/torsions/torsion-moves.js';
import { Rng } from '../../../src/random/generator.js';
import { slopeError } from '../support/slope.js';

const SMILES = ['C/C=C/[C@H](O)N', 'C1CC2CC1CC2', 'CC(=O)Nc1ccccc1', 'C12C3C4C1C5C2C3C45', 'CS(=O)(=O)NC'];
const geometry = (smiles: string) => idealGeometry(parseSmiles(smiles));

describe('bounds of distances', () => {
  it.each(SMILES)('of %s obey the triangle inequality', (smiles) => {
    const { topology } = geometry(smiles);
    const { lower, upper } = distanceBounds(geometry(smiles));
    const n = topology.atoms;
    let worst = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        expect(lower[i * n + j]).toBeLessThanOrEqual(upper[i * n + j]);
        expect(upper[i * n + j]).toBe(upper[j * n + i]);
        for (let k = 0; k < n; k++) worst = Math.max(worst, upper[i * n + j] - upper[i * n + k] - upper[k * n + j]);
      }
    }
    // Cages contradict themselves a little, and keep the mean.
    expect(worst).toBeLessThan(smiles.startsWith('C12') ? 0.4 : 1e-9);
  });

  it('tell cis from trans', () => {
    const [trans, cis] = ['C/C=C/C', 'C/C=C\\C'].map((smiles) => distanceBounds(geometry(smiles)));
    expect(trans.lower[3]).toBeGreaterThan(3.7); // of the two ends of 2-butene: 3.9 and 3.1 Å
    expect(cis.upper[3]).toBeLessThan(3.4);
    const ring = distanceBounds(geometry('Cc1ccccc1'));
    const n = 15;
    expect(ring.lower[0 * n + 3]).toBeGreaterThan(3.6); // methyl and the meta carbon lie trans
  });
});

describe('embedding of random distances', () => {
  it('gives back positions from distances that are exact', () => {
    const rng = Rng.fromSeed(4);
    const atoms = 9;
    const x = rng.fillNormal(new Float64Array(4 * atoms), 0, 2);
    const at = (y: Float64Array, i: number, j: number) =>
      Math.hypot(...[0, 1, 2, 3].map((axis) => y[4 * i + axis] - y[4 * j + axis]));
    const exact = Float64Array.from({ length: atoms * atoms }, (_, k) => at(x, Math.floor(k / atoms), k % atoms));
    const y = embedRandomDistances({ lower: exact, upper: exact }, atoms, 4, rng);
    for (let i = 0; i < atoms; i++) {
      for (let j = 0; j < i; j++) expect(Math.abs(at(y, i, j) - exact[i * atoms + j])).toBeLessThan(0.05);
    }
  });
});

describe('what is minimised', () => {
  it.each(SMILES)('has the gradients that its values say: %s', (smiles) => {
    const terms = embeddingTerms(geometry(smiles));
    const n = terms.geometry.topology.atoms;
    const rng = Rng.fromSeed(7);
    expect(slopeError(embeddingError(terms, 1, 0.1), rng.fillNormal(new Float64Array(4 * n), 0, 2))).toBeLessThan(1e-6);
    expect(slopeError(refinement(terms).energy, rng.fillNormal(new Float64Array(3 * n), 0, 2))).toBeLessThan(1e-6);
  });

  it('has torsions with minima where they should be', () => {
    const place = (phi: number) => Float64Array.of(1, 1, 0, 0, 0, 0, 0, 0, 1, Math.cos(phi), Math.sin(phi), 1);
    const atoms = Int32Array.of(0, 1, 2, 3);
    const cost = (phi: number, ...costs: number[]) =>
      addTorsions({ atoms, costs: Float64Array.from(costs) }, place(phi), new Float64Array(12));
    const [cis, trans] = [Math.PI / 4, (5 * Math.PI) / 4];
    expect(torsionAngle(place(cis), [0, 1, 2, 3])).toBeCloseTo(0, 12);
    expect(torsionAngle(place(cis + 1), [0, 1, 2, 3])).toBeCloseTo(1, 12);
    expect([cost(cis, 0, 0, 1, 0), cost(trans, 0, 0, 1, 0)].map((x) => Math.round(x))).toEqual([2, 0]);
    expect(cost(cis + 1.3, 0, 2, 0, 0)).toBeCloseTo(2 * (1 - Math.cos(2.6)), 12);
    expect(cost(cis + 1.3, 3, 0, 0, 5)).toBeCloseTo(3 * Math.cos(1.3) + 5 * Math.sin(1.3), 12);
  });

  it('skips torsions of atoms in line, which have none', () => {
    const line = Float64Array.from([0, 1, 2, 3].flatMap((x) => [x, 0, 0]));
    const gradient = new Float64Array(12);
    expect(addTorsions({ atoms: Int32Array.of(0, 1, 2, 3), costs: Float64Array.of(1, 1, 1, 1) }, line, gradient)).toBe(
      0,
    );
    expect(gradient.every((value) => value === 0)).toBe(true);
  });
});
