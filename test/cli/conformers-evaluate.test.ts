import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAll, parseHtml, textOf } from '../report/parse-html.js';
import { bestRmsdCases } from '../support/best-rmsd-fixture.js';
import { fixtureSets, sdfText } from '../support/conformer-sets.js';
import { OWN_FIXTURES } from '../support/fixtures.js';
import { runClofnet } from './support/run.js';

const cases = bestRmsdCases(OWN_FIXTURES).filter(({ smiles }) => ['CCCCO', 'OCC(O)CO', 'C1CCCCC1N'].includes(smiles));
const sets = fixtureSets().filter(({ entry }) => cases.some(({ smiles }) => smiles === entry.smiles));
let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
  await writeFile(at('references.sdf'), cases.map((entry) => entry.reference_sdf).join(''));
  await writeFile(at('generated.sdf'), cases.map((entry) => entry.generated_sdf).join(''));
});
afterAll(() => rm(folder, { recursive: true }));

const evaluate = (...words: string[]) => runClofnet('conformers', 'evaluate', ...words);
const json = async (...words: string[]) => {
  const { exitCode, stdout, stderr } = await evaluate(...words, '--json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout);
};
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

describe('clofnet conformers evaluate', () => {
  it('gives the figures of the fixture as JSON', async () => {
    const result = await json(at('references.sdf'), at('generated.sdf'), '--delta', '0.5,1.25');
    expect(result.counts).toEqual({ molecules: 3, answered: 3, references: 18, generated: 30 });
    expect(result.thresholds).toEqual([0.5, 1.25]);
    expect(result.all.recall.cov[0].mean).toBeCloseTo(mean(cases.map((entry) => entry.cov_recall)), 12);
    expect(result.all.precision.cov[0].mean).toBeCloseTo(mean(cases.map((entry) => entry.cov_precision)), 12);
    expect(result.all.recall.amr.mean).toBeCloseTo(mean(cases.map((entry) => entry.mat_recall)), 4);
    expect(result.all.precision.amr.mean).toBeCloseTo(mean(cases.map((entry) => entry.mat_precision)), 4);
    expect(result).toMatchObject({ stereoRate: 1, seconds: null, networkCalls: null, report: null });
    expect(result.molecules[0].nearest.ofReferences).toHaveLength(6);
  });

  it('prints a table', async () => {
    const { exitCode, stdout } = await evaluate(at('references.sdf'), at('generated.sdf'), '--delta', '0.5');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('30 generated conformers, 18 references; 3 of 3 molecules answered');
    expect(stdout).toMatch(/COV-R at 0\.5 Å +\d+\.\d % +\d+\.\d %\n +AMR-R \(MAT\), Å +0\.\d{3} +0\.\d{3}\n/);
    expect(stdout).toMatch(/right isomer 100\.0 %, plausible \d+\.\d %/);
  });

  it('reads gzip, JSON lines, a limit and what conformers took', async () => {
    const lines = sets.map(({ entry, reference: { molecule, conformers } }) =>
      JSON.stringify({
        smiles: entry.smiles,
        Z: [...molecule.atomicNumbers],
        bonds: Array.from(molecule.bonds.begin, (i, k) => [i, molecule.bonds.end[k], 1]),
        coords: conformers.map((positions) =>
          Array.from(molecule.atomicNumbers, (_, atom) => [...positions.subarray(3 * atom, 3 * atom + 3)]),
        ),
      }),
    );
    await writeFile(at('references.jsonl.gz'), gzipSync(lines.join('\n')));
    const records = sets.flatMap(({ generated }) => generated);
    await writeFile(at('costs.sdf.gz'), gzipSync(sdfText(records, { seconds: 0.25, network_calls: 40 })));
    const result = await json(at('references.jsonl.gz'), at('costs.sdf.gz'), '--limit', '2');
    expect(result.counts).toEqual({ molecules: 2, answered: 2, references: 12, generated: 20 });
    expect(result).toMatchObject({ seconds: 0.25, networkCalls: 40, thresholds: [0.5, 0.75, 1.25] });
    const { stdout } = await evaluate(at('references.jsonl.gz'), at('costs.sdf.gz'), '--limit', '2');
    expect(stdout).toContain('0.25 s, 40 network calls per conformer');
  });

  it('writes a report that says how it was made', async () => {
    const path = at('report.html');
    const { stdout } = await evaluate(at('references.sdf'), at('generated.sdf'), '--report', path, '--symmetrize');
    expect(stdout).toContain(`report: ${path}`);
    const page = parseHtml(await readFile(path, 'utf8'));
    expect(textOf(findAll(page, 'pre')[0])).toBe(
      `clofnet conformers evaluate ${at('references.sdf')} ${at('generated.sdf')} --symmetrize --delta 0.5,0.75,1.25 --report ${path}`,
    );
  });

  it('tells of molecules that are missing or unknown, and of records that are left out', async () => {
    await writeFile(at('some.sdf'), `${cases[0].generated_sdf}nonsense\n$$$$\n`);
    const missing = await evaluate(at('references.sdf'), at('some.sdf'));
    expect(missing.exitCode).toBe(0);
    expect(missing.stderr).toContain('2 of 3 molecules have no generated conformer of the right isomer');
    expect(missing.stderr).toMatch(/warning: .*some\.sdf:\d+/);
    expect(missing.stdout).toMatch(/mean, all +median +mean, answered +median/);
    await writeFile(at('one.sdf'), cases[0].reference_sdf);
    const unknown = await evaluate(at('one.sdf'), at('generated.sdf'));
    expect(unknown.stderr).toContain('20 of 30 generated conformers match no reference molecule');
  });

  it('makes the conformers itself where none are given, says what they took, and keeps them', async () => {
    const own = await json(at('references.sdf'), '--limit', '1', '--seed', '3', '--save', at('own.sdf'));
    expect(own.generated).toBe('clofnet');
    expect(own.counts.generated).toBe(2 * own.counts.references);
    expect(own).toMatchObject({ stereoRate: 1, validityRate: 1 });
    expect(own.networkCalls).toBeGreaterThanOrEqual(23);
    expect(own.seconds).toBeGreaterThan(0);
    const kept = await json(at('references.sdf'), at('own.sdf'), '--limit', '1');
    expect(kept.networkCalls).toBe(own.networkCalls);
    // An SDF has four decimals.
    expect(kept.all.recall.amr.mean).toBeCloseTo(own.all.recall.amr.mean, 3);
    const { stdout } = await evaluate(at('references.sdf'), '--limit', '1', '--per-reference', '1');
    expect(stdout).toMatch(/\d s, \d+(\.\d+)? network calls per conformer/);
  });

  it('writes over no input, and over no conformers unless it is told to', async () => {
    await writeFile(at('kept.sdf'), 'mine');
    const [references, generated] = [at('references.sdf'), at('generated.sdf')];
    const before = await readFile(references, 'utf8');
    for (const [words, message] of [
      [['--save', references, '--force'], 'references.sdf is an input; give another --save'],
      [['--save', at('kept.sdf')], 'kept.sdf is already there; give --force to replace it, or another --save'],
      [['--save', at('own.pdb')], '--save takes a file that ends in .sdf or .xyz, not '],
      [[generated, '--report', references], '--report takes a file that ends in .html, not '],
    ] as const) {
      expect(await evaluate(references, ...words)).toMatchObject({
        exitCode: 2,
        stdout: '',
        stderr: expect.stringContaining(message),
      });
    }
    const again = await evaluate(references, '--limit', '1', '--save', at('kept.sdf'), '--force');
    expect(again.exitCode).toBe(0);
    expect(await readFile(at('kept.sdf'), 'utf8')).toContain('$$$$');
    expect(await readFile(references, 'utf8')).toBe(before);
  });

  it('has no negative zero', async () => {
    const { stdout } = await evaluate(at('references.sdf'), at('references.sdf'));
    expect(stdout).toMatch(/MMD of bond lengths, all +0\.000 +0\.000\n/);
    expect(stdout).not.toContain('-0');
  });

  it('refuses what it cannot compare', async () => {
    await writeFile(at('empty.sdf'), '');
    await writeFile(at('other.sdf'), cases[1].generated_sdf);
    await writeFile(at('first.sdf'), cases[0].reference_sdf);
    await writeFile(at('text.sdf'), 'nothing of use\n');
    for (const [words, message] of [
      [
        [at('references.sdf'), at('generated.sdf'), '--relax', 'mmff94s'],
        '--relax is for conformers that clofnet generates',
      ],
      [[at('references.sdf'), at('generated.sdf'), '--oversample', '2'], '--oversample is for conformers that clofnet'],
      [[at('references.sdf'), at('empty.sdf')], 'empty.sdf holds no conformers'],
      [[at('first.sdf'), at('other.sdf')], 'matches a reference molecule; the first is'],
      [[at('empty.sdf'), at('generated.sdf')], 'empty.sdf: the file is empty'],
      [[at('none.sdf'), at('generated.sdf')], 'none.sdf: no such file'],
      [[at('references.sdf'), at('none.sdf')], 'none.sdf: no such file'],
      [[at('references.sdf'), at('generated.sdf'), '--delta', '0.5,'], '--delta takes distances in Å above 0'],
      [[at('references.sdf'), at('generated.sdf'), '--delta', '0'], '--delta takes distances in Å above 0'],
      [[at('references.sdf'), at('generated.sdf'), '--limit', '0'], 'Expected a whole number of at least 1'],
    ] as const) {
      const outcome = await evaluate(...words);
      expect(outcome.stderr).toContain(message);
      expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
    }
    const { exitCode, stderr } = await evaluate(at('text.sdf'), at('generated.sdf'));
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('no reference molecules'),
    });
  });
});
