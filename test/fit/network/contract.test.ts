import { describe, expect, it, test } from 'vitest';
import type { FitNetworkConfig, NetworkTarget } from '../../../src/fit/network/fit-config.js';
import { fitFunction } from '../../../src/fit/network/fit-function.js';
import { FitNetwork } from '../../../src/fit/network/fit-network.js';
import type { TensorSymmetry } from '../../../src/fit/quantity.js';
import { encoderNames } from '../../../src/networks/encoders.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { equivarianceContract } from '../../../src/testing/index.js';
import { energy, fitConfig, forces, furtherInput, target } from './support/fitted.js';

/** Every symmetry that a target may have: a new one has to be added here. */
const symmetries = Object.keys({ none: 0, symmetric: 0, traceless: 0 } satisfies Record<TensorSymmetry, 0>);

/** Every kind of target: of nodes and of graphs, of all orders and symmetries, summed, averaged, and as moments. */
const kinds: readonly NetworkTarget[] = [0, 1, 2, 3].flatMap((order) =>
  (order === 2 ? (symmetries as TensorSymmetry[]) : ['none' as const]).flatMap((symmetry) => {
    const kind = { order, symmetry };
    const name = `${symmetry} of order ${order}`;
    const hasMoment = order === 1 || order === 2;
    return [
      target(`${name} of nodes`, { of: 'node', extensive: false, ...kind }),
      target(`${name}, sum`, kind),
      ...(symmetry === 'none' ? [target(`${name}, mean`, { extensive: false, ...kind })] : []),
      ...(hasMoment ? [target(`${name}, moment`, { moment: true, ...kind })] : []),
    ];
  }),
);

const inputs = [
  furtherInput('charges', 'node', 0),
  furtherInput('radii', 'node', 0),
  furtherInput('spins', 'node', 1),
  furtherInput('field', 'graph', 1),
];
const shifts = [-13, -1000, -2000];

const networks: Readonly<Record<string, Partial<FitNetworkConfig>>> = {
  'energies and forces': { targets: [energy, forces] },
  'scalars and vectors': { targets: kinds.filter(({ order }) => order < 2) },
  'tensors of order 2': { targets: kinds.filter(({ order }) => order === 2) },
  'tensors of order 3': { targets: kinds.filter(({ order }) => order === 3) },
  'moments from centres of mass': {
    targets: kinds.filter(({ moment }) => moment),
    masses: [1, 12, 16],
  },
  'everything that further inputs say': {
    targets: [
      { ...energy, shifts, scale: 0.1 },
      { ...forces, scale: 0.1 },
      ...kinds.filter(({ of, order }) => of === 'node' && order === 1),
    ],
    inputs,
  },
};

test('every target is in some network', () => {
  const covered = Object.values(networks).flatMap(({ targets = [] }) => targets.map(({ name }) => name));
  for (const { name } of kinds) expect(covered).toContain(name);
});

const cases = encoderNames.flatMap((name) => [
  ...Object.keys(networks).map((what) => ({ name, what, parity: 'even' })),
  ...['energies and forces', 'tensors of order 2'].map((what) => ({ name, what, parity: 'any' })),
]);

describe.each(cases)('$name, parity $parity: $what', ({ name, what, parity }) => {
  const network = new FitNetwork(fitConfig(name, { hidden: 8, axes: 4, basis: 6, parity }, networks[what]));
  for (const { name: does, check } of equivarianceContract(fitFunction(network), openRuntime)) it(does, check);
});
