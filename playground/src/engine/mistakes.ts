import { type Names, UserError } from 'clofnet/common';
import { type TransferHandler, transferHandlers } from 'comlink';

/** What the page's fields are called. */
const FIELDS: Readonly<Record<string, string>> = {
  device: 'device',
  'training.rate': 'the learning rate',
};

const VALUES: Readonly<Record<string, string>> = { wasm: 'WebAssembly', webgpu: 'WebGPU' };

/** How the page says what a UserError is about and what mends it. */
export const pageNames: Names = {
  setting: (key, value) => (value === undefined ? FIELDS[key] : VALUES[value]),
  command: (name) => `${name} on the command line`,
};

interface Thrown {
  readonly value: unknown;
}

/**
 * Lets UserErrors arrive in the page with their data, as `details`, and a message in the page's words: comlink's own way
 * keeps the message alone.
 */
export function sendMistakes(): void {
  const standard = transferHandlers.get('throw') as TransferHandler<Thrown, unknown> | undefined;
  if (standard === undefined) return;
  transferHandlers.set('throw', {
    ...standard,
    serialize: (thrown: Thrown) => {
      const { value: error } = thrown;
      if (!(error instanceof UserError)) return standard.serialize(thrown);
      const { name, stack, details } = error;
      return [{ isError: true, value: { message: error.describe(pageNames), name, stack, details } }, []];
    },
  } as TransferHandler<unknown, unknown>);
}
