import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { startClofnet } from './support/child.js';
import { runClofnet } from './support/run.js';

describe('clofnet doctor', () => {
  it('shows the machine as JSON, with nothing on standard error', async () => {
    const { exitCode, stdout, stderr } = await startClofnet('doctor', '--json').ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ clofnet: manifest.version, node: process.versions.node });
    const [cpu, webgpu] = result.devices;
    expect(cpu).toMatchObject({ device: 'cpu', works: true, version: result.onnxRuntime });
    expect(webgpu).toMatchObject({ device: 'webgpu' });
    expect(result.threads).toBeGreaterThan(0);
    expect(result.memory).toBeGreaterThan(0);
    for (const size of ['network', 'large']) {
      expect(result.rating[size].oneCore).toBeGreaterThan(0);
      expect(result.rating[size].allCores).toBeGreaterThan(0);
    }
  });

  it('takes nothing', async () => {
    expect(await runClofnet('doctor', 'now')).toMatchObject({ exitCode: 2, stdout: '' });
  });
});
