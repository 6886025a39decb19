import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from 'onnx-buf';
import { afterAll, expect, test } from 'vitest';
import { fitWeights } from '../../../src/fit/network/fit-weights.js';
import { exportNetwork } from '../../../src/networks/export-onnx.js';
import { encodeWeightFile } from '../../../src/networks/weight-file.js';
import { Rng } from '../../../src/random/generator.js';
import { opener } from '../../../src/trained/kinds.js';
import { expectClose } from '../../support/close.js';
import { dipole, energy, fitConfig, forces, openFitted, randomGeometry, target } from './support/fitted.js';

const folder = mkdtempSync(join(tmpdir(), 'clofnet-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CUTOFF = 4;
const shifts = [-13.6, -1000.123, -2041.7];
/** @param isMoment whether its dipole is a moment of charges, which periodic geometries have none of */
const configOf = (isMoment: boolean) =>
  fitConfig(
    'lofnet',
    { cutoff: CUTOFF },
    {
      targets: [
        { ...energy, unit: 'eV', shifts },
        { ...forces, unit: 'eV/Å' },
        { ...dipole, moment: isMoment },
        target('gap', { extensive: false, shifts }),
        target('polarizability', { order: 2, symmetry: 'symmetric' }),
      ],
    },
  );
const { species: known } = configOf(true);

interface Placed {
  readonly species: string[];
  readonly positions: Float64Array;
  readonly cell?: number[];
}

/** All images within the cutoff, by trying them one by one. */
function plainEdges({ species, positions, cell }: Placed) {
  const steps = cell ? [-2, -1, 0, 1, 2] : [0];
  const edges: { i: number; j: number; shift: number[] }[] = [];
  for (let i = 0; i < species.length; i++)
    for (let j = 0; j < species.length; j++)
      for (const a of steps)
        for (const b of steps)
          for (const c of steps) {
            if (i === j && a === 0 && b === 0 && c === 0) continue;
            const shift = [0, 1, 2].map((k) => (cell ? a * cell[k] + b * cell[3 + k] + c * cell[6 + k] : 0));
            const r = shift.map((x, k) => positions[3 * j + k] + x - positions[3 * i + k]);
            if (Math.hypot(...r) < CUTOFF) edges.push({ i, j, shift });
          }
  return edges;
}

/** The inputs as the metadata describe them, put together without the library's graphs. */
function plainFeeds(geometries: readonly Placed[]) {
  const list: Record<'species' | 'senders' | 'receivers' | 'owner' | 'positions' | 'shifts', number[]> = {
    species: [],
    senders: [],
    receivers: [],
    owner: [],
    positions: [],
    shifts: [],
  };
  for (const [graph, geometry] of geometries.entries()) {
    const first = list.species.length;
    list.species.push(...geometry.species.map((name) => known.indexOf(name)));
    list.owner.push(...geometry.species.map(() => graph));
    list.positions.push(...geometry.positions);
    for (const { i, j, shift } of plainEdges(geometry)) {
      list.receivers.push(first + i);
      list.senders.push(first + j);
      list.shifts.push(...shift);
    }
  }
  const int32 = (data: readonly number[]) => ({ type: 'int32', dims: [data.length], data });
  const vectors = (data: readonly number[]) => ({ type: 'float32', dims: [data.length / 3, 3], data });
  return {
    species: int32(list.species),
    senders: int32(list.senders),
    receivers: int32(list.receivers),
    graph_of_node: int32(list.owner),
    graph_sizes: int32(geometries.map(({ species }) => species.length)),
    positions: vectors(list.positions),
    shifts: vectors(list.shifts),
  };
}

test.each([
  ['with moments of charges', true],
  ['in periodic cells too', false],
])('one file gives everything at any size, %s, with energies to the last digit', async (_, isMoment) => {
  const config = configOf(isMoment);
  const { network, weights, predict } = await openFitted(config);
  const file = encodeWeightFile({ config, provenance: {} }, network.parameters, weights);
  const trained = opener(fitWeights).open(file, 'the test');
  const { bytes } = exportNetwork(trained, { version: '1.2.3' });
  const path = join(folder, 'model.onnx');
  writeFileSync(path, bytes);
  const rng = Rng.fromSeed(5);
  const cell = [6.5, 0, 0, 1, 6, 0, -1, 0.5, 7];
  const batches: Placed[][] = [
    [randomGeometry(rng, 5)],
    [
      randomGeometry(rng, 3),
      { ...randomGeometry(rng, 9), ...(!isMoment && { cell }) },
      randomGeometry(rng, 30),
      randomGeometry(rng, 1),
    ],
  ];
  const child = fileURLToPath(new URL('../../support/plain-onnx-runtime.js', import.meta.url));
  const stdout = execFileSync(process.execPath, [child, path], { input: JSON.stringify(batches.map(plainFeeds)) });
  const { outputs, results } = JSON.parse(stdout.toString());
  expect(outputs).toEqual(config.targets.map(({ name }) => name));
  for (const [k, batch] of batches.entries()) {
    const expected = await predict(...batch);
    const atoms = batch.map(({ species }) => species.map((name) => shifts[known.indexOf(name)]));
    const sums = atoms.map((own) => own.reduce((a, b) => a + b));
    const constant: Record<string, number[]> = {
      energy: sums,
      gap: sums.map((sum, graph) => sum / atoms[graph].length),
    };
    for (const { name } of network.config.targets) {
      const { data } = results[k][name];
      expect(data).toHaveLength(expected[name].length);
      // What the network itself says, without the shifts, has the digits of float32.
      const own = expected[name].map((x, row) => x - (constant[name]?.[row] ?? 0));
      expectClose(data, [...expected[name]], 1e-5 * Math.max(...own.map(Math.abs)));
    }
    expect(Math.min(...results[k].energy.data)).toBeLessThan(-1000);
  }
  const { metadataProps } = fromBinary(ModelProtoSchema, bytes);
  const metadata = Object.fromEntries(metadataProps.map(({ key, value }) => [key, value]));
  expect(metadata).toMatchObject({ cutoff: '4', edges: expect.stringContaining('nearer than the cutoff') });
  expect(JSON.parse(metadata.species)).toEqual(['H', 'C', 'O']);
  expect(JSON.parse(metadata.units)).toMatchObject({ positions: 'Å', energy: 'eV', forces: 'eV/Å' });
  const described = [...JSON.parse(metadata.inputs), ...JSON.parse(metadata.outputs)];
  for (const { meaning, unit } of described) expect([meaning, unit]).not.toContain('');
});
