import { expect, test } from 'vitest';
import { completeGraphs, graphFeeds, graphSizes } from '../../src/graphs/index.js';
import { createModel, modelNames, systemInputs } from '../../src/networks/index.js';
import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import { compile, cos, gradient, sum } from '../../src/tensor/index.js';
import { degenerateSystems } from './degenerate-systems.js';
import { livelyWeights } from './lively.js';

const cases = modelNames.flatMap((model) =>
  (['published', 'orthonormal'] as const).map((frame) => ({ model, frame, hidden: 8, layers: 2 })),
);

test.each(cases)('$model ($frame frames): finite values and slopes on degenerate systems at rest', async (config) => {
  const model = createModel(config);
  const system = systemInputs();
  const predicted = model.predict(system);
  const leaves = [system.positions, system.velocities, ...model.parameters.map(({ tensor }) => tensor)];
  const slopes = gradient(sum(cos(predicted)), leaves);
  const outputs = { predicted, ...Object.fromEntries(slopes.map((slope, k) => [`slope${k}`, slope])) };
  const runtime = await openRuntime();
  const executable = await runtime.open(compile(outputs, { constants: livelyWeights(model, 2) }));
  for (const { sizes, positions, velocities, charges } of Object.values(degenerateSystems)) {
    const graph = completeGraphs(sizes);
    const feeds = { ...graphFeeds(graph), positions, velocities, charges };
    const results = await executable.run(feeds, graphSizes(graph));
    for (const [name, values] of Object.entries(results))
      expect([name, values.every(Number.isFinite)]).toEqual([name, true]);
  }
  await executable.close();
});
