/**
 * Conformers by OpenChemLib's own generator, to compare with: as it makes them, and relaxed with MMFF94s.
 *
 * node --import ./scripts/typescript.js bench/conformers/openchemlib.ts REFERENCES OUT_FOLDER [LIMIT] [SEED]
 *
 * Takes the molecules and twice the number of their conformers from a file of ensembles and writes
 * OUT_FOLDER/NAME.openchemlib.sdf and OUT_FOLDER/NAME.openchemlib-mmff94s.sdf: the same conformers before and after.
 * Each record has the properties seconds (of processor time for one conformer; relaxed ones with their making), seed,
 * method.
 * The generator gives each combination of torsions once, so rigid molecules get fewer than were asked for.
 */
import { basename, join } from 'node:path';
import type { Ensemble } from '../../src/conformers/dataset/ensemble.js';
import { readReferences } from '../../src/conformers/evaluation/read-references.node.js';
import { writeFileAtomic } from '../../src/files/atomic.node.js';
import { makeFolder } from '../../src/files/folder.node.js';
import { relaxMmff94s } from '../../src/molecules/force-field/force-field.js';
import { writeSdf } from '../../src/molecules/formats/sdf-write.js';
import { ConformerGenerator, type OclMolecule } from '../../src/molecules/open-chem-lib.js';
import { loadResources } from '../../src/molecules/open-chem-lib.node.js';
import { oclFromMolecule } from '../../src/molecules/perception/perceive.js';

const [file, folder, limit, seed = '1'] = process.argv.slice(2);
if (!file || !folder) throw new Error('usage: openchemlib.ts REFERENCES OUT_FOLDER [LIMIT] [SEED]');

interface Made {
  readonly shapes: readonly Float32Array[];
  /** For all of them. */
  readonly seconds: number;
}

/** Processor time, which other work on the machine does not change much. */
function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function make({ molecule, conformers }: Ensemble, wanted: number): Made {
  const start = process.cpuUsage();
  const ocl = oclFromMolecule(molecule);
  const generator = new ConformerGenerator(Number(seed));
  const shapes: Float32Array[] = [];
  const strategy = ConformerGenerator.STRATEGY_ADAPTIVE_RANDOM;
  if (generator.initializeConformers(ocl, { strategy, maxTorsionSets: 100_000, use60degreeSteps: false })) {
    while (shapes.length < wanted) {
      const next = generator.getNextConformerAsMolecule();
      if (!next) break;
      shapes.push(positionsOf(next, conformers[0].length / 3));
    }
  }
  return { shapes, seconds: secondsSince(start) };
}

const positionsOf = (ocl: OclMolecule, atoms: number): Float32Array =>
  Float32Array.from({ length: 3 * atoms }, (_, k) => {
    const atom = Math.floor(k / 3);
    return [ocl.getAtomX(atom), ocl.getAtomY(atom), ocl.getAtomZ(atom)][k % 3];
  });

function relax({ molecule }: Ensemble, { shapes, seconds }: Made): Made {
  const start = process.cpuUsage();
  const relaxed = shapes.map((shape) => {
    const result = relaxMmff94s(molecule, shape);
    return 'coordinates' in result ? result.coordinates : shape;
  });
  return { shapes: relaxed, seconds: seconds + secondsSince(start) };
}

function recordsOf({ molecule }: Ensemble, { shapes, seconds }: Made, method: string): string {
  const properties = { seconds: (seconds / shapes.length).toFixed(6), seed, method };
  return shapes.map((shape) => writeSdf(molecule, shape, properties)).join('');
}

loadResources();
const references = await readReferences(file, { limit: limit ? Number(limit) : undefined, onFault: console.warn });
const name = basename(file).split('.jsonl')[0];
const text = { plain: '', relaxed: '' };
let [count, wanted, plainSeconds, relaxedSeconds] = [0, 0, 0, 0];
for (const reference of references) {
  const asked = 2 * reference.conformers.length;
  const plain = make(reference, asked);
  const relaxed = relax(reference, plain);
  text.plain += recordsOf(reference, plain, 'OpenChemLib');
  text.relaxed += recordsOf(reference, relaxed, 'OpenChemLib + MMFF94s');
  count += plain.shapes.length;
  wanted += asked;
  plainSeconds += plain.seconds;
  relaxedSeconds += relaxed.seconds;
}
await makeFolder(folder);
await writeFileAtomic(join(folder, `${name}.openchemlib.sdf`), text.plain);
await writeFileAtomic(join(folder, `${name}.openchemlib-mmff94s.sdf`), text.relaxed);
console.log(
  `${name}: ${references.length} molecules, ${count} of ${wanted} conformers, ` +
    `${(plainSeconds / count).toFixed(4)} s a conformer, ${(relaxedSeconds / count).toFixed(4)} s with MMFF94s`,
);
