import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseExtendedXyz } from '../../src/files/extended-xyz.js';
import { openConformerGenerator } from '../../src/index.node.js';
import { describeInBrowser, openPage } from './support/page.js';

const example = (file: string): string => fileURLToPath(new URL(`../../examples/web/${file}`, import.meta.url));

describeInBrowser('the example of a page', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clofnet-example-'));
    const configFile = example('vite.config.ts');
    await build({ configFile, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('makes the conformers that Node makes', async () => {
    const { page, close } = await openPage({ folder, isolated: false });
    const output = page.locator('#conformers');
    await output.getByText('energy=').waitFor();
    const frames = parseExtendedXyz((await output.textContent()) ?? '', 'the page');
    await close();
    const generator = await openConformerGenerator({ workers: 1 });
    const energies: string[] = [];
    for await (const item of generator.generate('C[C@H](N)C(=O)O', { count: 3, seed: 1, relax: 'mmff94s' })) {
      if (item.kind === 'conformer' && item.relaxed && 'energy' in item.relaxed) {
        energies.push(item.relaxed.energy.toFixed(2));
      }
    }
    await generator.close();
    expect(energies).toHaveLength(3);
    expect(frames.map(({ info }) => info.energy)).toEqual(energies);
  });

  it('has thirty lines, as the docs have them', async () => {
    const text = await readFile(example('main.ts'), 'utf8');
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(35);
    expect(await readFile(new URL('../../docs/web.md', import.meta.url), 'utf8')).toContain(text.trimEnd());
  });
});
