/**
 * Loads trained weights and predicts where the bodies of two systems, one of three bodies and one of two, will be.
 * Run it: node --import ./scripts/typescript.js examples/predict.ts [weights.safetensors]
 */
import { openPredictor, openRuntime, readModelFile, shippedWeights } from 'clofnet';

/** Predicts, and returns the positions [5, 3]. */
export async function main(
  weightFile = shippedWeights('clofnet', 'es5'),
  print: (line: string) => void = console.log,
): Promise<Float32Array> {
  const { model, weights, config } = await readModelFile(weightFile);
  const predictor = await openPredictor(await openRuntime('cpu'), model, weights);
  const { positions } = await predictor.predict({
    sizes: [3, 2], // bodies of each system; row k of the arrays is body k
    positions: Float32Array.of(0, 0, 0, 1, 0.2, 0, -0.4, 0.9, 0.3, 0, 0, 0, 1.5, 0, 0),
    velocities: Float32Array.of(0.3, 0, 0.4, 0, -0.5, 0, 0.5, 0, 0, 0, 0, 0.5, 0, 0.5, 0),
    charges: Float32Array.of(1, -1, 1, 1, 1),
  });
  await predictor.close();
  print(`${config.model} predicts`);
  for (let body = 0; body < 5; body++) {
    print([...positions.subarray(3 * body, 3 * body + 3)].map((x) => x.toFixed(3).padStart(8)).join(''));
  }
  return positions;
}

if (process.argv[1]?.endsWith('predict.ts')) await main(process.argv[2]);
