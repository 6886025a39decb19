import { Script } from 'node:vm';
import { beforeAll, describe, expect, test } from 'vitest';
import { evaluatePairs } from '../../src/conformers/evaluation/evaluate.js';
import { matchGenerated } from '../../src/conformers/evaluation/generated-source.js';
import { buildConformerReport } from '../../src/conformers/evaluation/report-data.js';
import type { ConformerReportData } from '../../src/conformers/evaluation/report-types.js';
import { parseSmiles } from '../../src/molecules/smiles/smiles.js';
import { gallerySection } from '../../src/report/conformers/gallery.js';
import { moleculeScene } from '../../src/report/conformers/molecule-scene.js';
import { conformerReport } from '../../src/report/conformers/report.js';
import { page as document } from '../../src/report/page.js';
import { fixtureSets, streamed } from '../support/conformer-sets.js';
import { descendants, type Element, findAll, parseHtml, textOf } from './parse-html.js';

let data: ConformerReportData;
let page: Element;
let source = '';
const sets = fixtureSets();

async function reportOf(command = 'clofnet conformers evaluate a b', withAnswer = sets.slice(0, 4)) {
  const records = streamed(withAnswer.flatMap(({ generated }) => generated));
  const references = sets.slice(0, 4).map(({ reference }) => reference);
  const { pairs, notes } = await matchGenerated(references, { name: 'b.sdf', records });
  const evaluation = await evaluatePairs(pairs, { thresholds: [0.5, 1.25] });
  const about = { command, references: 'a.jsonl', generated: 'b.sdf', notes, molecules: 3 };
  return buildConformerReport(evaluation, pairs, about);
}

beforeAll(async () => {
  data = await reportOf();
  source = conformerReport(data);
  page = parseHtml(source);
});

const cells = (table: Element): string[][] =>
  findAll(table, 'tr').map((row) => row.children.flatMap((cell) => (typeof cell === 'string' ? [] : [textOf(cell)])));

describe('the report on conformers', () => {
  test('has its sections, each reached from the top', () => {
    const sections = findAll(page, 'section').map(({ attributes }) => attributes.get('id'));
    expect(sections).toEqual(['summary', 'overlays', 'coverage', 'distributions', 'worst', 'configuration']);
    const links = findAll(page, 'a').map(({ attributes }) => attributes.get('href'));
    expect(links).toEqual(sections.map((id) => `#${id}`));
    expect(textOf(findAll(page, 'header')[0])).toContain(
      '40 conformers of 4 molecules, from b.sdf, against 24 references from a.jsonl.',
    );
  });

  test('shows the figures', () => {
    const { all } = data.evaluation;
    const [scores, rates] = findAll(page, 'table').map(cells);
    expect(scores.map(([name]) => name)).toEqual([
      '',
      ...['COV-R at 0.5 Å', 'COV-R at 1.25 Å', 'AMR-R in Å'],
      ...['COV-P at 0.5 Å', 'COV-P at 1.25 Å', 'AMR-P in Å'],
    ]);
    expect(scores[1].slice(1)).toEqual(
      [all.recall.cov[0].mean, all.recall.cov[0].median].map((x) => `${(100 * x).toFixed(1)} %`),
    );
    expect(Number(scores[3][1])).toBeCloseTo(all.recall.amr.mean, 3);
    expect(rates.find(([name]) => name === 'Of the right isomer')).toEqual(['Of the right isomer', '100.0 %']);
  });

  test('lays generated conformers on their references', () => {
    for (const { pairs, molecule } of data.overlays) {
      expect(pairs).toHaveLength(4);
      for (const { reference, generated, rmsd } of pairs) {
        const heavy = molecule.atomicNumbers.filter((element) => element !== 1).length;
        const squares = Array.from({ length: 3 * heavy }, (_, k) => (reference[k] - generated[k]) ** 2);
        // Atoms lie on their like, which need not be the same ones: at most as near as they are drawn.
        expect(rmsd).toBeLessThanOrEqual(Math.sqrt(squares.reduce((sum, x) => sum + x, 0) / heavy) + 1e-5);
      }
    }
    const scenes = descendants(page).filter(({ attributes }) => attributes.get('class') === 'space');
    expect(scenes).toHaveLength(12);
    const atoms = data.overlays.flatMap(({ molecule }) => new Array(4).fill(molecule.atomicNumbers.length));
    expect(scenes.map((scene) => findAll(scene, 'circle').length)).toEqual(atoms);
  });

  test('goes from the best matched molecule to the worst', () => {
    const errors = data.overlays.map(({ number }) => data.evaluation.molecules[number].scores.recall.amr);
    const all = data.evaluation.molecules.map(({ scores }) => scores.recall.amr).sort((a, b) => a - b);
    expect(errors).toEqual([all[0], all[2], all[3]]);
    const worst = cells(findAll(page, 'table')[2]);
    expect(worst.slice(1).map((row) => Number(row[2]))).toEqual(all.reverse().map((x) => Number(x.toPrecision(3))));
  });

  test('has histograms of the commonest bonds, angles and torsions', () => {
    const titles = findAll(page, 'figcaption').map(textOf);
    expect(titles).toEqual(expect.arrayContaining(['C–H', 'C–C', 'C–C–H', 'Coverage, mean over molecules']));
    expect(data.distributions.filter(({ kind }) => kind === 'torsion').length).toBeGreaterThan(0);
  });

  test('has a curve that rises from 0 to all', () => {
    const recall = data.curve.map((point) => point.recall);
    expect(recall[0]).toBe(0);
    expect(recall.at(-1)).toBe(1);
    expect(recall).toEqual([...recall].sort((a, b) => a - b));
  });

  test('needs nothing from elsewhere, has no name twice and only scripts that parse', () => {
    expect(source).not.toMatch(/https?:|src=|@import|url\(|\bimport\b|fetch\(|XMLHttpRequest/);
    const ids = descendants(page).flatMap(({ attributes }) => attributes.get('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const scripts = findAll(page, 'script').filter(({ attributes }) => !attributes.has('type'));
    expect(scripts).toHaveLength(2);
    for (const script of scripts) expect(() => new Script(textOf(script))).not.toThrow();
    expect(source).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('escapes what a user wrote', async () => {
    const evil = '"><script>alert(1)</script>';
    const parsed = parseHtml(conformerReport({ ...(await reportOf(evil)), generated: evil }));
    expect(findAll(parsed, 'script')).toHaveLength(findAll(page, 'script').length);
    expect(textOf(findAll(parsed, 'pre')[0])).toBe(evil);
  });

  test('says what has no answer, and shows both columns', async () => {
    const partial = await reportOf('c', sets.slice(0, 2));
    const parsed = parseHtml(conformerReport(partial));
    expect(textOf(findAll(parsed, 'section')[0])).toContain('For 2 of 4 molecules there is no conformer');
    const [scores] = findAll(parsed, 'table').map(cells);
    expect(scores[0]).toEqual(['', 'Mean', 'Median', 'Mean, answered', 'Median, answered']);
    expect(partial.overlays).toHaveLength(2);
  });
});

describe('a molecule in 3D', () => {
  const water = parseSmiles('O');
  const bent = [0, 0, 0, 1, 0, 0, -0.25, 0.97, 0];

  test('has a ball for each atom and two half sticks for each line of a bond', () => {
    const oxygen = parseSmiles('O=C=O');
    const positions = [0, 0, 0, 1.2, 0, 0, 2.4, 0, 0];
    const shape = { positions, name: 'one', style: 'balls' as const };
    const { marks, wires } = moleculeScene('carbon dioxide', oxygen, [shape]);
    expect(marks.map(({ title, className }) => [title, className])).toEqual([
      ['O1, one', 'atom el-O'],
      ['C2, one', 'atom el-C'],
      ['O3, one', 'atom el-O'],
    ]);
    expect(wires).toHaveLength(8);
    const lengths = wires.map(({ through: [a, b] }) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]));
    for (const length of lengths) expect(length).toBeCloseTo(0.6, 5);
  });

  test('keeps all distances when it is turned to the viewer', () => {
    const positions = bent.map((x) => x + 5);
    const { marks } = moleculeScene('water', water, [{ positions, name: 'one', style: 'balls' }]);
    const between = (a: number, b: number) => Math.hypot(...[0, 1, 2].map((k) => marks[a].at[k] - marks[b].at[k]));
    expect(between(0, 1)).toBeCloseTo(1, 6);
    expect(between(1, 2)).toBeCloseTo(Math.hypot(1.25, 0.97), 6);
  });

  test('stands in a gallery beside others', () => {
    const conformers = [bent, bent.map((x) => 1.1 * x)].map((positions, k) => ({ positions, caption: `<${k}>` }));
    const section = gallerySection({ id: 'water', title: 'Water', molecule: water, conformers, text: 'Two.' });
    const parsed = parseHtml(document({ title: 'Water', sections: [section] }));
    expect(descendants(parsed).filter(({ attributes }) => attributes.get('class') === 'space')).toHaveLength(2);
    expect(textOf(parsed)).toContain('<1>');
  });
});
