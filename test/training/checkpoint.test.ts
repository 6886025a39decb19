import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { decodeSafetensors, encodeSafetensors, type SafetensorsFile } from '../../src/files/safetensors.js';
import {
  type Checkpoint,
  checkpointDescription,
  decodeCheckpoint,
  encodeCheckpoint,
} from '../../src/training/checkpoint.js';
import { FlatLayout } from '../../src/training/flat-parameters.js';
import { freshProgress } from '../../src/training/trainer.js';

const layout = new FlatLayout([
  { name: 'a.weight', shape: [2, 2] },
  { name: 'a.bias', shape: [1] },
]);
const vector = (start: number): Float32Array => Float32Array.from({ length: 5 }, (_, k) => start + k / 3);
const checkpoint: Checkpoint = {
  progress: {
    ...freshProgress,
    epoch: 3,
    batch: 2,
    step: 17,
    lossSum: 0.1 + 0.2,
    best: { epoch: 2, valid: 1 / 3, test: 2 / 3 },
  },
  state: { weights: vector(1), mean: vector(2), variance: vector(3), average: vector(4) },
  bestWeights: vector(5),
};
const description = { config: { hidden: 4 }, dataHash: 'abc' };

/** The file, as it comes back from a disk, its metadata changed. */
function file(changes: Record<string, string> = {}): SafetensorsFile {
  const { tensors, metadata } = encodeCheckpoint(checkpoint, layout, description);
  return decodeSafetensors(encodeSafetensors(tensors, { ...metadata, ...changes }));
}

describe('a checkpoint', () => {
  it('comes back from its file as it was, to the last bit', () => {
    expect(decodeCheckpoint(file(), layout, 'run/checkpoint')).toEqual(checkpoint);
    expect(checkpointDescription(file(), 'run/checkpoint')).toEqual(description);
    const fresh = { ...checkpoint, progress: freshProgress };
    expect(decodeCheckpoint(encodeCheckpoint(fresh, layout, {}), layout, '').progress).toEqual(freshProgress);
  });

  it('is read without a test error, and from before it was counted how many evaluations came after the best', () => {
    const best = { epoch: 2.5, valid: 1 / 3 };
    const { waited: _, ...before } = { ...checkpoint.progress, best };
    const { progress } = decodeCheckpoint(file({ progress: JSON.stringify(before) }), layout, 'run/checkpoint');
    expect(progress).toEqual({ ...checkpoint.progress, best, waited: 0 });
    expect(JSON.stringify(progress)).toBe(JSON.stringify({ ...checkpoint.progress, best }));
  });

  it('has tensors that other programs can read', () => {
    const { tensors } = file();
    expect([...tensors.keys()].sort()).toEqual(
      ['weights', 'mean', 'variance', 'average', 'best'].flatMap((v) => [`${v}.a.bias`, `${v}.a.weight`]).sort(),
    );
    expect(tensors.get('mean.a.weight')).toMatchObject({ dtype: 'F32', shape: [2, 2] });
  });

  it.each<[string, SafetensorsFile, RegExp]>([
    ['of a newer version', file({ version: '2' }), /run is a checkpoint of version 2, this clofnet reads version 1;/],
    ['that is none', file({ format: 'clofnet weights' }), /run is not a clofnet checkpoint/],
    ['whose progress is damaged', file({ progress: '{"epoch":' }), /run: the checkpoint's metadata is damaged/],
    [
      'whose progress is of another form',
      file({ progress: '{"epoch":3}' }),
      /run: the checkpoint's metadata is damaged: progress.batch: /,
    ],
    ['whose description is damaged', file({ description: '' }), /run: the checkpoint's metadata is damaged/],
  ])('%s is refused', (_, broken, message) => {
    expect(() => decodeCheckpoint(broken, layout, 'run')).toThrow(UserError);
    expect(() => decodeCheckpoint(broken, layout, 'run')).toThrow(message);
  });

  it('of another network is refused', () => {
    const wider = new FlatLayout([{ name: 'a.weight', shape: [4] }]);
    expect(() => decodeCheckpoint(file(), wider, 'run')).toThrow('run: weights.a.weight is not there with shape [4]');
    const more = new FlatLayout([...layout.entries, { name: 'b', shape: [1] }]);
    expect(() => decodeCheckpoint(file(), more, 'run')).toThrow('weights.b is not there');
  });
});
