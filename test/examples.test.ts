import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main as trainCustomNetwork } from '../examples/custom-network.js';
import { main as predict } from '../examples/predict.js';
import { writeSafetensors } from '../src/files/safetensors-file.js';
import { encodeModelFile } from '../src/models/model-file.js';
import { createModel } from '../src/models/registry.js';
import { initialize } from '../src/nn/index.js';
import { Rng } from '../src/random/generator.js';

describe('examples', () => {
  it('custom-network.ts learns most of the force in a fraction of its steps', async () => {
    const lines: string[] = [];
    expect(await trainCustomNetwork(300, (line) => lines.push(line))).toBeLessThan(0.3);
    expect(lines.at(-1)).toMatch(/^equivariance error: .*e-\d of the output's scale$/);
  });

  it('predict.ts prints where five bodies will be', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'clofnet-examples-'));
    try {
      const file = join(folder, 'weights.safetensors');
      const config = { model: 'clof_vel', hidden: 8, layers: 2 } as const;
      const weights = initialize(createModel(config).parameters, Rng.fromSeed(1));
      const { tensors, metadata } = encodeModelFile({ config, weights, provenance: {} });
      await writeSafetensors(file, tensors, metadata);
      const lines: string[] = [];
      const positions = await predict(file, (line) => lines.push(line));
      expect(positions).toHaveLength(15);
      expect(positions.every(Number.isFinite)).toBe(true);
      expect(lines).toHaveLength(6);
      expect(lines[0]).toBe('clof_vel predicts');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
