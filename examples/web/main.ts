/** Makes conformers of alanine in the page and prints them as XYZ. Build it with Vite: npx vite build examples/web */
import { decodeSafetensors, fetchResources, openLocalGenerator, writeXyz } from 'clofnet';
import { openWebRuntime } from 'clofnet/web';
import weightsAddress from 'clofnet/weights/conformers.safetensors?url';

const output = document.querySelector('#conformers');

async function main(): Promise<string> {
  // ONNX Runtime as WebAssembly; { device: 'webgpu' } for the graphics processor.
  const runtime = await openWebRuntime();
  await fetchResources(); // OpenChemLib's tables: torsions for the first shapes, and the force field
  const file = await (await fetch(weightsAddress)).arrayBuffer();
  const generator = await openLocalGenerator(runtime, decodeSafetensors(new Uint8Array(file)));
  const frames: string[] = [];
  // Long work belongs in a Worker, where all of this runs as well.
  for await (const item of generator.generate('C[C@H](N)C(=O)O', { count: 3, seed: 1, relax: 'mmff94s' })) {
    if (item.kind !== 'conformer') continue; // the summary at the end
    const { molecule, coordinates, relaxed } = item; // coordinates: Float32Array [atoms · 3] in ångström
    const energy = relaxed && 'energy' in relaxed ? relaxed.energy.toFixed(2) : 'unknown';
    frames.push(writeXyz(molecule, [{ coordinates, notes: { energy } }]));
  }
  await generator.close();
  return frames.join('');
}

main().then(
  (text) => output?.replaceChildren(text),
  (error: unknown) => output?.replaceChildren(String(error)),
);
