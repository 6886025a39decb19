import { commandSpec, deviceOption, seedOption } from './command.js';

/** `clofnet audit` */
export const auditSpec = commandSpec({
  path: ['audit'],
  summary: 'measure how exactly a network follows rotation, translation and reordering of its input',
  details:
    'Random systems of bodies, molecules for a network of conformers, or geometries for a fitted network (every second ' +
    'one in a periodic cell) are rotated, translated, reordered and reflected at random. An error is the largest ' +
    "distance between what the network predicts for a moved system and its moved prediction, relative to the output's " +
    'scale: of scalars, to their standard deviation. Exit code 1 ' +
    'if any error except for reflection exceeds what is allowed: 1e-5, and twenty times what rounding of the input changes ' +
    'in that system.',
  positionals: { model: { summary: 'a weight file, such as weights.safetensors of a training run' } },
  options: {
    systems: { type: 'integer', min: 1, max: 100_000, default: 20, summary: 'random systems, molecules or geometries' },
    bodies: {
      type: 'integer',
      min: 1,
      max: 1000,
      default: 5,
      summary: 'bodies in each system, or atoms in each geometry; molecules have their own atoms',
    },
    tolerance: {
      type: 'number',
      min: 0,
      summary: 'the largest error allowed (default: by what rounding changes)',
    },
    seed: seedOption(1),
    device: deviceOption,
  },
  examples: ['clofnet audit runs/es5/weights.safetensors', 'clofnet audit weights.safetensors --bodies 20 --json'],
});
