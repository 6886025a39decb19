import { titlesOf } from '../../files/file-format.js';
import { geometryFormats } from '../../fit/data/geometry-format.js';
import { commandSpec, deviceOption, seedOption } from '../command.js';

/** `clofnet fit md` */
export const fitMdSpec = commandSpec({
  path: ['fit', 'md'],
  summary: 'molecular dynamics with learned energies',
  details:
    'Moves the atoms of a geometry by the forces of a network: at constant energy by velocity Verlet, or at a ' +
    'temperature by Langevin dynamics (BAOAB). Writes a trajectory in extended XYZ with energies, forces, velocities ' +
    '(in the unit of length per fs), time (fs) and temperature, a whole frame at a time: a run that is stopped leaves a ' +
    'usable one, and --resume completes exactly the file an uninterrupted run writes, of the same weights and geometry. Prints the drift of the energy, ' +
    'less what the thermostat put in. Positions are in the unit of length of the weights. Ends with an error where a ' +
    'number is NaN or an atom would move more than 1 Å in one step.',
  positionals: {
    geometry: { summary: `a file of ${titlesOf(geometryFormats)}, plain or gzip; - for standard input` },
  },
  options: {
    weights: { type: 'string', placeholder: 'file', required: true, summary: 'the weight file, with energies' },
    out: { type: 'string', short: 'o', placeholder: 'file', required: true, summary: 'file to write, .xyz or .extxyz' },
    frame: {
      type: 'integer',
      min: 1,
      placeholder: 'k',
      summary: 'the geometry of the file to start from (default: the last)',
    },
    steps: { type: 'integer', min: 0, default: 1000, summary: 'time steps to take' },
    timeStep: {
      type: 'number',
      min: 1e-6,
      max: 100,
      default: 0.5,
      placeholder: 'fs',
      summary: 'length of a time step',
    },
    temperature: {
      type: 'number',
      min: 0,
      default: 300,
      placeholder: 'K',
      summary: 'of the starting velocities and of the thermostat',
    },
    thermostat: {
      type: 'choice',
      choices: ['none', 'langevin'],
      default: 'none',
      summary: 'none conserves the energy, langevin keeps the temperature',
    },
    friction: { type: 'number', min: 1e-6, placeholder: '1/ps', summary: "the thermostat's friction (default: 10)" },
    velocities: {
      type: 'choice',
      choices: ['drawn', 'kept'],
      default: 'drawn',
      summary: 'those to start with: of the temperature, or those of a geometry that clofnet fit md wrote',
    },
    sampleEvery: { type: 'integer', min: 1, default: 10, placeholder: 'n', summary: 'write every n-th step' },
    seed: seedOption(7),
    resume: { type: 'boolean', summary: 'continue the file in --out up to --steps' },
    force: { type: 'boolean', summary: 'replace the file in --out' },
    device: deviceOption,
  },
  examples: [
    'clofnet fit md ethanol.xyz --weights ethanol.safetensors --steps 40000 -o nve.xyz',
    'clofnet fit md ethanol.xyz --weights ethanol.safetensors --thermostat langevin --temperature 500 -o nvt.xyz',
    'clofnet fit md nvt.xyz --weights ethanol.safetensors --velocities kept -o nve.xyz',
  ],
});
