import { describe, expect, it } from 'vitest';
import { backboneNamed } from '../../../src/networks/network-config.js';
import { createModel, type ModelConfig, modelNames, systemFunction } from '../../../src/newton/networks/index.js';
import { backbones, predictsVelocities } from '../../../src/newton/networks/registry.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { equivarianceContract } from '../../../src/testing/index.js';

const size = { hidden: 8, layers: 2 };
const configs: readonly ModelConfig[] = [
  // The propagator's chaos needs gentler weights: see test/networks/propagator.test.ts.
  ...modelNames.filter((model) => model !== 'propagator').map((model) => ({ model, ...size })),
  { model: 'clof', frame: 'orthonormal', ...size },
  { model: 'clof_vel', frame: 'orthonormal', ...size },
  { model: 'clof_vel_gbf', frame: 'orthonormal', ...size },
  { model: 'clof_vel', scalarize: 'every-layer', ...size },
  { model: 'clof', scalarize: 'every-layer', frame: 'orthonormal', ...size },
  { model: 'clof_vel', charges: true, ...size },
  { model: 'clof', velocities: true, ...size },
  { model: 'clof_vel', velocities: true, charges: true, fields: ['gravity'], ...size },
  { model: 'clof_vel', fields: ['gravity'], ...size },
  { model: 'egnn_vel', cutoff: 3.5, ...size },
  { model: 'clof_vel', cutoff: 3.5, ...size },
  { model: 'clof_vel', scalars: ['mass'], vectors: ['spin', 'dipole'], scalarize: 'every-layer', ...size },
  { model: 'clof', vectors: ['positions'], fields: ['gravity'], ...size },
  { model: 'clof_vel', edges: 'given', ...size },
  { model: 'egnn_vel', edges: 'given', ...size },
  { model: 'clof_vel_gbf', charges: true, fields: ['gravity', 'magnetic'], scalarize: 'every-layer', ...size },
  { model: 'clof_vel_gbf', velocities: true, fields: ['magnetic'], scalarize: 'every-layer', ...size },
  { model: 'clof_vel', velocities: true, frame: 'orthonormal', ...size },
];

/*
 * Axes of degenerate pairs at length 1 are good to 1e-4 (see DEGENERATE), which positions hide and the velocities of
 * bodies that start at rest do not.
 */
describe.each(configs.map((config) => [JSON.stringify(config), config] as const))('%s', (_, config) => {
  const { follows } = backboneNamed(backbones, config.model);
  const network = systemFunction({ name: config.model, model: createModel(config), follows });
  for (const { name, check } of equivarianceContract(network, openRuntime)) it(name, check);
  it('predicts velocities where its record says so', () => {
    expect(Object.keys(network.output).includes('predicted_velocities')).toBe(predictsVelocities(config));
  });
});
