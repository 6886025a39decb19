import { expose, wrap } from 'comlink';
import { expect, it, vi } from 'vitest';
import { UserError } from '../../src/common/errors.js';

// The page's name for the library is known to its bundler alone, and so not to the types here.
vi.mock('clofnet', () => import('../../src/common/errors.js'));
const MISTAKES = '../../playground/src/engine/mistakes.ts';
const { sendMistakes } = (await import(MISTAKES)) as { sendMistakes: () => void };

const engine = {
  fail: () => {
    throw new UserError('this browser has no WebGPU', {
      code: 'device',
      remedy: { setting: 'device', action: 'use', value: 'wasm' },
    });
  },
  break: () => {
    throw new RangeError('too long');
  },
};

it("a mistake of the user's comes to the page with its data, in the page's words", async () => {
  const { port1, port2 } = new MessageChannel();
  sendMistakes();
  expose(engine, port1);
  const remote = wrap<typeof engine>(port2);
  await expect(remote.fail()).rejects.toMatchObject({
    name: 'UserError',
    message: 'this browser has no WebGPU; use WebAssembly',
    details: { code: 'device', remedy: { setting: 'device', value: 'wasm' } },
  });
  await expect(remote.break()).rejects.toMatchObject({ name: 'RangeError', message: 'too long' });
  port1.close();
});
