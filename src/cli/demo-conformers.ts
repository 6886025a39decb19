import { join } from 'node:path';
import type { GeneratedConformer } from '../conformers/generation/generated.js';
import { openConformerGenerator } from '../conformers/generation/open-generator.node.js';
import { writeFileAtomic } from '../files/atomic.node.js';
import { writeSdf } from '../molecules/formats/sdf-write.js';
import type { Molecule } from '../molecules/molecule.js';
import { parseSmiles } from '../molecules/smiles/smiles.js';
import { BestRmsd, overlay } from '../molecules/symmetry/best-rmsd.js';
import { gallerySection } from '../report/conformers/gallery.js';
import { html } from '../report/html.js';
import type { Section } from '../report/page.js';
import { table } from '../report/table.js';
import type { Context } from './command.js';

/** What the demo says of one conformer. */
export interface DemoConformer {
  /** kcal/mol above the lowest, by MMFF94s. */
  readonly energy: number;
  /** RMSD of heavy atoms from the lowest, in ångström. */
  readonly rmsd: number;
}

/** The conformers that the demo has made. */
export interface DemoConformers {
  readonly name: string;
  readonly smiles: string;
  readonly file: string;
  readonly conformers: readonly DemoConformer[];
  /** For the report. */
  readonly section: Section;
}

const NAME = 'aspirin';
const SMILES = 'CC(=O)Oc1ccccc1C(=O)O';
const COUNT = 12;

/** Conformers nearer to each other than this, in ångström, are one. */
const UNIQUE = 0.3;

/** Makes conformers of a real molecule with the weights that come with clofnet, and relaxes them. */
export async function demoConformers(
  { output, signal }: Context,
  { out, seed, workers }: { readonly out: string; readonly seed: number; readonly workers?: number },
): Promise<DemoConformers> {
  output.note(`6/6  Making conformers of ${NAME}`);
  const molecule = parseSmiles(SMILES, { name: NAME });
  const bar = output.progress('conformers', COUNT);
  let finished = 0;
  const onProgress = (more: number): void => {
    finished += more;
    bar.update(finished);
  };
  const made: GeneratedConformer[] = [];
  const generator = await openConformerGenerator({ workers });
  try {
    const options = { count: COUNT, seed, unique: UNIQUE, relax: 'mmff94s', signal, onProgress } as const;
    for await (const item of generator.generate(molecule, options)) if (item.kind === 'conformer') made.push(item);
  } finally {
    await generator.close();
    bar.finish();
  }
  const rows = ranked(molecule, made);
  const file = join(out, `${NAME}.sdf`);
  await writeFileAtomic(
    file,
    rows.map(({ positions, energy, rmsd }) => record(molecule, positions, { energy, rmsd })).join(''),
  );
  return {
    name: NAME,
    smiles: SMILES,
    file,
    conformers: rows.map(({ energy, rmsd }) => ({ energy, rmsd })),
    section: section(molecule, rows),
  };
}

interface Ranked extends DemoConformer {
  /** Laid on the lowest one. */
  readonly positions: Float32Array;
}

/** The lowest first. */
function ranked(molecule: Molecule, made: readonly GeneratedConformer[]): Ranked[] {
  const energyOf = ({ relaxed }: GeneratedConformer): number =>
    relaxed && 'energy' in relaxed ? relaxed.energy : Number.NaN;
  const sorted = [...made].sort((a, b) => energyOf(a) - energyOf(b));
  const measure = new BestRmsd(molecule);
  return sorted.map((conformer) => {
    const [lowest] = sorted;
    return {
      energy: energyOf(conformer) - energyOf(lowest),
      rmsd: measure.between(measure.shape(lowest.coordinates), measure.shape(conformer.coordinates)),
      positions: overlay(molecule, lowest.coordinates, conformer.coordinates).coordinates,
    };
  });
}

const record = (molecule: Molecule, positions: Float32Array, { energy, rmsd }: DemoConformer): string =>
  writeSdf(
    molecule,
    positions,
    new Map([
      ['relative_energy', energy.toFixed(3)],
      ['rmsd_to_lowest', rmsd.toFixed(3)],
    ]),
  );

function section(molecule: Molecule, rows: readonly Ranked[]): Section {
  const numbered = rows.map((row, k) => ({ ...row, number: k + 1 }));
  return gallerySection({
    id: 'conformers',
    title: `Conformers of ${NAME}`,
    molecule,
    conformers: numbered.map(({ positions, number, energy }) => ({
      positions,
      caption: `${number}: ${energy.toFixed(1)} kcal/mol`,
    })),
    text: html`Made from its SMILES, <code>${SMILES}</code>, by the network that comes with clofnet, and relaxed by MMFF94s. Energies are those of MMFF94s above the lowest.`,
    after: table(numbered, [
      { name: 'Conformer', cell: ({ number }) => String(number) },
      { name: 'Energy, kcal/mol', cell: ({ energy }) => energy.toFixed(2) },
      { name: 'RMSD to the first, Å', cell: ({ rmsd }) => rmsd.toFixed(2) },
    ]),
  });
}
