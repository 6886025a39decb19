import { expect, test } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import type { NodeDevice } from '../../src/runtime/devices.js';
import { openProbedRuntime, probeDevice } from '../../src/runtime/probe.node.js';
import { rateMachine } from '../../src/runtime/rating.node.js';

test('the rating has a rate for every size, alone and together', async () => {
  const { threads, network, large } = await rateMachine(2, 0.01);
  expect(threads).toBe(2);
  for (const rate of [network.oneCore, network.allCores, large.oneCore, large.allCores]) {
    expect(rate).toBeGreaterThan(0);
    expect(rate).toBeLessThan(1e6);
  }
});

test('the CPU works', async () => {
  expect(await probeDevice('cpu')).toMatchObject({
    works: true,
    disagreement: 0,
    version: expect.stringMatching(/^1\./),
  });
});

// On Linux WebGPU is Vulkan, whose drivers can be hidden.
test.runIf(process.platform === 'linux')('WebGPU without a driver is a reason, not a crash', async () => {
  const nowhere = '/nonexistent/driver.json';
  const report = await probeDevice('webgpu', { VK_ICD_FILENAMES: nowhere, VK_DRIVER_FILES: nowhere });
  expect(report).toMatchObject({
    device: 'webgpu',
    works: false,
    reason: expect.stringMatching(/^cannot be used here: /),
  });
});

test('a device that takes its process down is a reason too', async () => {
  const report = await probeDevice('cpu', { NODE_OPTIONS: '--no-such-flag' });
  expect(report).toEqual({ device: 'cpu', works: false, reason: 'took its process down (exit code 9)' });
});

test('a device that there is not is refused, not taken for another', async () => {
  const device = 'cuda' as NodeDevice;
  const reason = "unknown device 'cuda': choose cpu or webgpu";
  expect(await probeDevice(device)).toEqual({ device, works: false, reason });
  await expect(openProbedRuntime(device)).rejects.toThrow(new UserError(reason));
});

test('a probed runtime opens or is refused', async () => {
  expect((await openProbedRuntime('cpu')).device).toBe('cpu');
  const outcome = await openProbedRuntime('webgpu').catch((error: unknown) => error);
  if (outcome instanceof Error) {
    expect(outcome).toBeInstanceOf(UserError);
    expect(outcome.message).toMatch(/^device webgpu [^\n]+; use device cpu$/);
  }
});
