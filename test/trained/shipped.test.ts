import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openFunction } from '../../src/networks/geometric-function.js';
import { Rng } from '../../src/random/generator.js';
import { openRuntime } from '../../src/runtime/open-runtime.node.js';
import { auditNetwork } from '../../src/testing/index.js';
import { readTrained } from '../../src/trained/read-trained.node.js';

const WEIGHTS = fileURLToPath(new URL('../../weights', import.meta.url));

test.each(readdirSync(WEIGHTS).filter((name) => name.endsWith('.safetensors')))(
  'a network that is shipped follows rotation, translation and permutation as exactly as rounding lets it: %s',
  async (name) => {
    const { network, weights } = await readTrained(join(WEIGHTS, name));
    const opened = await openFunction(await openRuntime(), network, weights);
    const { worst, allowed } = await auditNetwork(network, opened, { rng: Rng.fromSeed(4), graphs: 8, nodes: 5 });
    expect(worst).toBeLessThan(allowed);
    await opened.close();
  },
);
