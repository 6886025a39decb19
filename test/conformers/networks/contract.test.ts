import { describe, it } from 'vitest';
import { Denoiser } from '../../../src/conformers/networks/denoiser.js';
import { denoiserFunction, scoreNetworkFunction } from '../../../src/conformers/networks/molecule-functions.js';
import { ScoreNetwork } from '../../../src/conformers/networks/score-network.js';
import { openRuntime } from '../../../src/runtime/open-runtime.node.js';
import { equivarianceContract } from '../../../src/testing/index.js';

const score = { hidden: 16, heads: 4 };

describe.each([
  ['the denoiser', denoiserFunction(new Denoiser({ hidden: 16, layers: 3, vectors: 3 }))],
  ['the score network', scoreNetworkFunction(new ScoreNetwork(score))],
  ['the score network as published', scoreNetworkFunction(new ScoreNetwork({ ...score, recentre: false }))],
])('%s', (_, network) => {
  for (const { name, check } of equivarianceContract(network, openRuntime)) {
    // On a line, frames have one axis. The denoiser makes new ones in every layer, of atoms that rounding moved off it.
    if (network.name !== 'denoiser' || !name.endsWith('on degenerate input')) it(name, check);
  }
});
