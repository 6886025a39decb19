import { fileURLToPath } from 'node:url';

/** The file of the conformer network's weights that comes with the package. */
export const shippedConformerWeights = (): string =>
  fileURLToPath(new URL('../../../weights/conformers.safetensors', import.meta.url));
