import type { Graph } from '../../graphs/index.js';
import type { Rng } from '../../random/generator.js';

/** Writes the next standard normals, x, y, z of one atom after the other, over an array [nodes · 3]. */
export type NoiseSource = (into: Float32Array) => void;

/**
 * Noise of which every molecule draws its own from its own stream, so that what becomes of it does not depend on what
 * it is sampled with.
 * @param streams one for each graph: `rng.fork(number)` of the molecule's or the conformer's number
 */
export function noiseOfStreams(
  { graphOfNode, graphs }: Pick<Graph, 'graphOfNode' | 'graphs'>,
  streams: readonly Rng[],
): NoiseSource {
  if (streams.length !== graphs)
    throw new RangeError(`${streams.length} streams of noise given for ${graphs} molecules`);
  return (into) => {
    for (let k = 0; k < into.length; k++) into[k] = streams[graphOfNode[Math.floor(k / 3)]].normal();
  };
}

/** Noise that was recorded before, one array for each request. */
export function recordedNoise(arrays: readonly Float32Array[]): NoiseSource {
  let next = 0;
  return (into) => {
    const values = arrays[next++];
    if (values?.length !== into.length)
      throw new RangeError(`noise ${next} has ${values?.length ?? 'no'} values, expected ${into.length}`);
    into.set(values);
  };
}
