import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedConformerWeights } from '../../src/conformers/networks/shipped-weights.node.js';
import { readSafetensors, writeSafetensors } from '../../src/files/safetensors-file.node.js';
import { createModel, modelNames } from '../../src/newton/networks/index.js';
import { readModelFile } from '../../src/newton/networks/read-model-file.node.js';
import { livelyWeights } from '../support/lively.js';
import { startClofnet } from './support/child.js';
import { runClofnet } from './support/run.js';

const config = { model: 'egnn_vel', hidden: 6, layers: 3 } as const;
const model = createModel(config);
const values = livelyWeights(model, 5);
let folder = '';
let published = '';
let weights = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  published = join(folder, 'published.safetensors');
  weights = join(folder, 'weights.safetensors');
  const tensors = model.parameters.map(({ name, shape }) => {
    const data = values.get(name) ?? new Float32Array();
    return [name, { dtype: 'F32', shape, data }] as const;
  });
  await writeSafetensors(published, tensors);
});
afterAll(() => rm(folder, { recursive: true }));

function expectRefusal(outcome: { exitCode: number; stdout: string; stderr: string }, message: string): void {
  expect(outcome.stderr).toContain(message);
  expect(outcome.stderr).toMatch(/^clofnet (im|ex)port: [^\n]+\n$/);
  expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
}

describe('clofnet import', () => {
  it('writes a weight file of the network that it recognises', async () => {
    const child = startClofnet('import', published, '-o', weights, '--json');
    const { exitCode, stdout, stderr } = await child.ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ file: weights, model: config });
    const file = await readModelFile(weights);
    expect(file).toMatchObject({ config, provenance: { importedFrom: 'published.safetensors' } });
    expect(file.weights).toEqual(values);
  });

  it('names the tensor that does not fit, and writes nothing', async () => {
    const { tensors } = await readSafetensors(published);
    const bad = join(folder, 'bad.safetensors');
    await writeSafetensors(bad, [...tensors].slice(1));
    const files = await readdir(folder);
    const out = ['-o', join(folder, 'out.safetensors')];
    expectRefusal(await runClofnet('import', weights, ...out), "is a weight file of clofnet's already");
    expectRefusal(await runClofnet('import', bad, ...out), `tensor ${[...tensors.keys()][0]}`);
    expectRefusal(
      await runClofnet('import', published, '--model', 'clof', ...out),
      'lack embedding_node.weight of clof',
    );
    expectRefusal(await runClofnet('import', published, '--model', 'egnn', ...out), 'tensor gcl_0.coord_mlp_vel');
    expectRefusal(
      await runClofnet('import', published, '--model', 'GNN', ...out),
      `model must be one of ${modelNames.join(', ')}, not "GNN" (did you mean "gnn"?)`,
    );
    expectRefusal(await runClofnet('import', published), "required option '-o, --out <file>'");
    expectRefusal(await runClofnet('import', join(folder, 'no'), ...out), 'no: no such file');
    expectRefusal(
      await runClofnet('import', published, '-o', join(folder, 'no', 'out.safetensors')),
      'create it first',
    );
    expect(await readdir(folder)).toEqual(files);
  });

  it('tells what torch.save wrote from a damaged file', async () => {
    const out = ['-o', join(folder, 'out.safetensors')];
    for (const start of ['PK\x03\x04', '\x80\x02\x8a\n']) {
      const path = join(folder, 'best_model.pth');
      await writeFile(path, Buffer.from(start.padEnd(40), 'latin1'));
      expectRefusal(await runClofnet('import', path, ...out), 'it looks like one of torch.save; write it by save_file');
    }
  });

  it('neither takes the name of its input, nor that of another file unless it is forced to', async () => {
    const again = ['import', published, '-o', weights] as const;
    expectRefusal(await runClofnet(...again), `${weights} is already there; give --force to replace it`);
    expect(await runClofnet(...again, '--force')).toMatchObject({ exitCode: 0 });
    const own = await runClofnet('import', published, '-o', published, '--force');
    expectRefusal(own, `${published} is an input; give another --out`);
    expectRefusal(await runClofnet('import', published, '-o', join(folder, 'w.bin')), 'ends in .safetensors');
  });
});

describe('clofnet export', () => {
  it('writes one ONNX file and says what goes in and out', async () => {
    const out = join(folder, 'model.onnx');
    const { exitCode, stdout, stderr } = await startClofnet('export', weights, '-o', out, '--json').ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const { bytes, inputs, outputs } = JSON.parse(stdout);
    expect(bytes).toBe((await stat(out)).size);
    expect(inputs).toContainEqual({ name: 'positions', shape: ['nodes', 3], dtype: 'float32' });
    expect(outputs).toEqual([{ name: 'predicted_positions', shape: ['nodes', 3], dtype: 'float32' }]);
    expectRefusal(await runClofnet('export', weights, '-o', out), `${out} is already there; give --force`);
    const plain = await runClofnet('export', weights, '-o', out, '--force');
    expect(plain.stdout).toContain('in   senders [edges] int32');
  });

  it('writes networks for conformers as well', async () => {
    const out = join(folder, 'denoiser.onnx');
    const { exitCode, stdout } = await runClofnet('export', shippedConformerWeights(), '-o', out, '--json');
    const { inputs, outputs, timeSpan } = JSON.parse(stdout);
    expect({ exitCode, outputs, timeSpan }).toMatchObject({
      exitCode: 0,
      outputs: [{ name: 'denoised' }],
      timeSpan: null,
    });
    expect(inputs).toContainEqual({ name: 'centre_hand', shape: [1, 'centres'], dtype: 'float32' });
  });

  it('refuses what is no weight file, and places that cannot be written', async () => {
    const out = join(folder, 'refused.onnx');
    expectRefusal(
      await runClofnet('export', published, '-o', out),
      "use 'clofnet import' for weights from the published code",
    );
    const text = join(folder, 'text');
    await writeFile(text, (await readFile(weights)).subarray(0, 20));
    expectRefusal(await runClofnet('export', text, '-o', out), 'the file is cut short');
    expectRefusal(await runClofnet('export', weights), "required option '-o, --out <file>'");
    expectRefusal(await runClofnet('export', weights, '-o', join(folder, 'no', 'x.onnx')), 'create it first');
    expectRefusal(await runClofnet('export', weights, '-o', folder), 'ends in .onnx');
    expectRefusal(await runClofnet('export', weights, '-o', weights, '--force'), 'ends in .onnx');
    expect(await readdir(folder)).not.toContain('refused.onnx');
  });

  it.runIf(process.platform === 'linux')('refuses a device that is always full', async () => {
    const link = join(folder, 'full.onnx');
    await symlink('/dev/full', link);
    expectRefusal(await runClofnet('export', weights, '-o', link), 'not a regular file');
  });
});
