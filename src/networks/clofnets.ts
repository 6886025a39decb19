import { z } from 'zod';
import { requireInteger } from '../common/checks.js';
import { UserError } from '../common/errors.js';
import { backbone, edgeOptions, type OptionsOf, sizeOptions, TELLS_MIRRORS } from './backbone.js';
import { ClofNet, type ClofNetOptions } from './clofnet.js';
import { columnOptions, type GraphVectorsOption, type VectorKind, vectorsNamed } from './graph-vectors.js';

/** The options of the family, where graphs have these vectors. */
const clofnetOptions = <Vector extends string>(fields: GraphVectorsOption<Vector>) => ({
  ...sizeOptions,
  frame: z
    .enum(['published', 'orthonormal'])
    .describe('ClofNet: how the axes of a frame are made.')
    .default('published'),
  scalarize: z
    .enum(['once', 'every-layer'])
    .describe('ClofNet: whether vectors are scalarized once, or again in every layer.')
    .default('once'),
  ...edgeOptions,
  charges: z.boolean().describe('ClofNet: give every body its own charge as a feature.').default(false),
  velocities: z
    .boolean()
    .describe('ClofNet: predict the velocities of bodies too, as long predictions need it.')
    .default(false),
  fields,
  ...columnOptions,
});

/** The ClofNet family, as published: without velocities, with them, and with also a Gaussian basis of distances. */
export function clofnets<Vector extends string>(
  kinds: Readonly<Record<Vector, VectorKind>>,
  fields: GraphVectorsOption<Vector>,
) {
  const options = clofnetOptions(fields);
  const predictsVectors = ({ velocities = false }: { readonly velocities?: boolean }): boolean => velocities;
  const shared = { options, widthParameter: 'embedding_node.weight', follows: TELLS_MIRRORS, predictsVectors };
  type Given = OptionsOf<typeof options, never> & Pick<ClofNetOptions, 'edgeKinds'>;
  const build = (given: Given, variant: ClofNetOptions['variant']): ClofNet => {
    const { fields, scalars: nodeScalars, vectors, ...others } = given;
    return new ClofNet({ ...others, variant, nodeScalars, graphVectors: vectorsNamed(kinds, fields, vectors) });
  };
  const requireEven = ({ hidden = 64 }: Given, name: string): void => {
    if (hidden % 2 === 0) return;
    throw new UserError(`hidden must be even for ${name} (its edges have half as many features), not ${hidden}`);
  };
  return [
    backbone({
      name: 'clof',
      title: 'ClofNet without velocity',
      ...shared,
      check: (given) => requireEven(given, 'clof'),
      build: (given) => build(given, 'plain'),
    }),
    backbone({
      name: 'clof_vel',
      title: 'ClofNet',
      ...shared,
      check: (given) => requireEven(given, 'clof_vel'),
      build: (given) => build(given, 'velocity'),
    }),
    backbone({
      name: 'clof_vel_gbf',
      title: 'ClofNet with Gaussian basis',
      ...shared,
      told: { edgeKinds: { tensor: 'gbf.mul.weight', least: 2 } },
      check(given) {
        requireEven(given, 'clof_vel_gbf');
        requireInteger(given.edgeKinds ?? 2, 'edgeKinds', { min: 2 });
      },
      build: (given) => build(given, 'gaussian'),
    }),
  ] as const;
}
