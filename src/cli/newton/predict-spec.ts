import { listed, titlesOf } from '../../files/file-format.js';
import { systemFormats } from '../../newton/data/system-formats.js';
import { commandSpec, deviceOption, unusedSeedOption } from '../command.js';

const endings = listed(systemFormats.flatMap((format) => format.endings));

/** `clofnet newton predict` */
export const predictSpec = commandSpec({
  path: ['newton', 'predict'],
  summary: 'predict where the bodies of your own systems will be',
  details:
    'Reads extended XYZ with the columns pos:R:3:vel:R:3:charge:R:1; a file may hold many systems of different sizes. ' +
    'Writes extended XYZ with the predicted positions and the displacement of every body. Units are those of the ' +
    "network's training data. With --steps, the network is applied to what it has predicted, and what is written is " +
    'the trajectory of every system, from the start on: this takes a network that predicts velocities.',
  positionals: { systems: { summary: `a file of ${titlesOf(systemFormats)}, plain or gzip; - for standard input` } },
  options: {
    weights: { type: 'string', placeholder: 'file', required: true, summary: 'the weight file' },
    out: {
      type: 'string',
      short: 'o',
      placeholder: 'file',
      default: '-',
      summary: `file to write, ${endings}; - for standard output`,
    },
    force: { type: 'boolean', summary: 'replace an existing file' },
    steps: { type: 'integer', min: 1, placeholder: 'k', summary: 'apply the network k times, each to what it said' },
    every: { type: 'integer', min: 1, placeholder: 'j', summary: 'of the steps, write every j-th and the last' },
    gravity: {
      type: 'string',
      placeholder: 'x,y,z',
      summary: 'gravity, if the network uses it (default: as trained)',
    },
    magnetic: { type: 'string', placeholder: 'x,y,z', summary: 'magnetic field, if the network uses it' },
    device: deviceOption,
    seed: unusedSeedOption,
  },
  examples: [
    'clofnet newton predict systems.xyz --weights runs/es5/weights.safetensors -o predicted.xyz',
    'clofnet newton predict systems.xyz --weights weights.safetensors --steps 100 --every 10 -o trajectory.xyz',
  ],
});
