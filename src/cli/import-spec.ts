import { commandSpec, unusedSeedOption } from './command.js';

/** `clofnet import` */
export const importSpec = commandSpec({
  path: ['import'],
  summary: 'import weights from the published code',
  details:
    "Reads what `save_file(model.state_dict(), 'published.safetensors')` of safetensors.torch wrote in Python. The " +
    'network, its width and its layers are inferred from the tensors.',
  positionals: { published: { summary: 'the safetensors file' } },
  options: {
    model: {
      type: 'string',
      placeholder: 'name',
      summary: 'the network, by its name in configurations (default: the one whose tensors these are)',
    },
    out: { type: 'string', short: 'o', placeholder: 'file', required: true, summary: 'the .safetensors file to write' },
    force: { type: 'boolean', summary: 'replace an existing weight file' },
    seed: unusedSeedOption,
  },
  examples: ['clofnet import published.safetensors --model clof_vel -o weights.safetensors'],
});
