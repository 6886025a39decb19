import type { NewtonReportData, ReportRun, ReportSystem } from '../../src/newton/report/report-types.js';
import { newtonConfigSchema } from '../../src/newton/training/config.js';

/** A report on made-up numbers: two runs, two systems of two bodies. */
export function sampleReport(names: readonly [string, string] = ['ClofNet', 'EGNN']): NewtonReportData {
  return {
    title: `${names[0]} and ${names[1]}`,
    command: `clofnet newton report '${names[0]}'`,
    dataset: {
      directory: 'data',
      name: 'charged2',
      testHash: 'ab'.repeat(32),
      trajectories: 2000,
      bodies: [2, 2],
      input: 30,
      target: 40,
      time: 1,
    },
    runs: [sampleRun(names[0], 0.00763), sampleRun(names[1], 0.0123)],
    straightLine: { name: 'Straight line', meanSquared: 0.112, distances: Float32Array.of(0.5, 2.5) },
    systems: [sampleSystem(7, names), sampleSystem(8, names)],
    notes: [],
  };
}

function sampleRun(name: string, test: number): ReportRun {
  const step = { rate: 0.01, gradientNorm: 1 };
  return {
    name,
    again: 'clofnet newton train config.json --workers 2 --device cpu --out runs/one',
    folder: 'runs/one',
    description: {
      config: newtonConfigSchema.parse({ training: { seed: 17 } }),
      dataHash: 'aa-bb-cc',
      workers: 2,
      device: 'cpu',
      version: '1.2.3',
      commit: '0123abcd',
    },
    metrics: [
      { epoch: 1, step: 10, train: 1, ...step },
      { epoch: 2, step: 20, train: 0.1, valid: 0.02, test, ...step },
    ],
    parameters: 160_964,
    best: { epoch: 2, valid: 0.02, test },
    stoppedEarly: false,
    equivariance: { rotation: 2.1e-7, translation: 3.2e-7 },
    errors: { name, meanSquared: test, distances: Float32Array.of(0.01, 0.03) },
  };
}

function sampleSystem(number: number, names: readonly string[]): ReportSystem {
  const start = [0, 0, 0, 1, 0, 0];
  const truth = [0, 0, 1, 1, 0, 2];
  return {
    label: `Test system ${number}`,
    charges: [1, -1],
    start,
    truth,
    path: [start, [0, 0.2, 0.5, 1, 0.1, 1], truth],
    predictions: [...names, 'Straight line'].map((name, k) => ({
      name,
      positions: truth.map((x) => x + 0.01 * (k + 1)),
      error: 0.0001 * (k + 1) ** 2,
    })),
  };
}
