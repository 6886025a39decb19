import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';

type Outcome =
  | { readonly opened: true; readonly off: number }
  | { readonly opened: false; readonly name: string; readonly message: string };

// A GPU that is a program takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const child = fileURLToPath(new URL('../support/webgpu-child.ts', import.meta.url));

/** What a process of its own makes of WebGPU under the given environment. Rejects if that process dies. */
async function attempt(environment: Readonly<Record<string, string>>): Promise<Outcome> {
  const options = { env: { ...process.env, ...environment }, timeout: 110_000 };
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', child], options);
  return JSON.parse(stdout);
}

function expectRefusal(outcome: Outcome): void {
  expect(outcome).toMatchObject({ opened: false, name: 'UserError' });
  const message = outcome.opened ? '' : outcome.message;
  expect(message).toMatch(/^device webgpu cannot be used here: [^\n]+; use device cpu$/);
  expect(message).not.toContain('onnxruntime_src');
}

test('WebGPU either computes what the CPU does or is refused in one clear line', async () => {
  const outcome = await attempt({});
  if (outcome.opened) expect(outcome.off).toBeLessThan(1e-4);
  else expectRefusal(outcome);
});

// On Linux WebGPU is Vulkan, whose drivers can be hidden.
test.runIf(process.platform === 'linux')('a machine without a driver is refused', async () => {
  const nowhere = '/nonexistent/driver.json';
  expectRefusal(await attempt({ VK_ICD_FILENAMES: nowhere, VK_DRIVER_FILES: nowhere }));
});

// Debian's chromium brings SwiftShader, which computes on the CPU what a GPU would, and the Vulkan loader beside it.
const chromium = '/usr/lib/chromium';
const swiftShader = `${chromium}/vk_swiftshader_icd.json`;

test.runIf(existsSync(swiftShader))('SwiftShader computes what the CPU does', async () => {
  const outcome = await attempt({ VK_ICD_FILENAMES: swiftShader, LD_LIBRARY_PATH: chromium });
  expect(outcome).toMatchObject({ opened: true });
  expect(outcome.opened ? outcome.off : Infinity).toBeLessThan(1e-4);
});
