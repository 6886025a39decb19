import { z } from 'zod';

const name = z.string().min(1);

const target = z
  .strictObject({
    column: name.optional().describe('What the files call it; default as the target is called.'),
    of: z.enum(['graph', 'node']).optional().describe('Whether each geometry has one (graph), or each atom (node).'),
    order: z
      .number()
      .int()
      .min(0)
      .max(4)
      .optional()
      .describe(
        'The order of the tensor: 0 for a scalar, 1 for a vector, 2 for a matrix that turns with the geometry.',
      ),
    symmetry: z
      .enum(['none', 'symmetric', 'traceless'])
      .optional()
      .describe('Of order 2: whether it is symmetric, and without a trace too (traceless).'),
    extensive: z
      .boolean()
      .optional()
      .describe('Of geometries: whether it is the sum over the atoms (true), or their mean (false).'),
    moment: z
      .boolean()
      .optional()
      .describe(
        'Of vectors and tensors of geometries: whether it is a moment of charges at the places of atoms, as dipoles are.',
      ),
    gradientOf: name
      .nullable()
      .optional()
      .describe('Minus the gradient of that target by the positions, as forces are of the energy; null: of none.'),
    unit: name.optional().describe('Its unit, in words; kept in the weights and printed with every error.'),
    voigt: z
      .boolean()
      .optional()
      .describe('Six numbers are in the order xx yy zz yz xz xy; default xx xy xz yy yz zz.'),
  })
  .describe('A target; of one with a conventional name (energy, forces, dipole, …) every part has a default.');

const input = z
  .strictObject({
    column: name.optional().describe('What the files call it; default as the input is called.'),
    of: z.enum(['graph', 'node']).optional().describe('Whether each geometry has one (graph), or each atom (node).'),
    order: z
      .union([z.literal(0), z.literal(1)])
      .optional()
      .describe('0 for a number, 1 for a vector, which turns with the geometry. A geometry has vectors only.'),
    unit: name.optional().describe('Its unit, in words.'),
  })
  .describe('An input; of one with a conventional name (charges, velocities, …) every part has a default.');

/** What a network is to predict, by name. */
export const targetsSchema = z
  .record(name, target)
  .describe('What it learns to predict, by name: {"energy": {}, "forces": {}}.');

/** What a network sees beside species and positions, by name. */
export const inputsSchema = z
  .record(name, input)
  .describe('What it sees beside species and positions, by name: {"charges": {}}.');

export type TargetsConfig = z.output<typeof targetsSchema>;
export type InputsConfig = z.output<typeof inputsSchema>;

/**
 * A configuration from a list of names: `energy,forces`; `energy=REF_energy` for one that the files call otherwise,
 * `energy[kcal/mol]` for one in another unit than the usual one. Blanks do not count.
 */
export function namedQuantities(names: readonly string[]): Record<string, { column?: string; unit?: string }> {
  const pairs = names.map((text): [string, { column?: string; unit?: string }] => {
    const [, before = text, unit] = /^(.*?)\[([^\][]+)\]\s*$/.exec(text) ?? [];
    const [name, ...column] = before.split('=').map((part) => part.trim());
    return [
      name,
      { ...(column.length > 0 && { column: column.join('=') }), ...(unit !== undefined && { unit: unit.trim() }) },
    ];
  });
  return Object.fromEntries(pairs);
}
