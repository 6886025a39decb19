import { commandSpec, unusedSeedOption } from './command.js';

/** `clofnet export` */
export const exportSpec = commandSpec({
  path: ['export'],
  summary: 'write a trained network as one .onnx file',
  details:
    'The file holds the weights, takes any number of systems or molecules of any sizes, and says in its metadata what goes in and ' +
    'out. ONNX Runtime runs it from Python, C++, Rust, Java, C# or a browser, without clofnet.',
  positionals: { weights: { summary: 'a weight file, such as weights.safetensors of a training run' } },
  options: {
    out: { type: 'string', short: 'o', placeholder: 'file', required: true, summary: 'the .onnx file to write' },
    force: { type: 'boolean', summary: 'replace an existing .onnx file' },
    seed: unusedSeedOption,
  },
  examples: ['clofnet export runs/es5/weights.safetensors -o model.onnx'],
});
