import { describe, expect, it } from 'vitest';
import { drawInitialStates } from '../../../src/newton/simulation/protocol.js';
import { drawInitialState } from '../../../src/newton/system/initial.js';
import { integrate } from '../../../src/newton/system/integrate.js';
import { defineSimulation } from '../../../src/newton/system/system.js';
import { NumpyRandom } from '../../../src/random/numpy-random.js';
import { expectClose } from '../../support/close.js';

// Every number below was computed by NumPy 2.4.6 with the same draws from numpy.random.RandomState.

describe('an initial state', () => {
  it('is the published one for seed 1000', () => {
    const simulation = defineSimulation({ kind: 'charged', protocol: 'clofnet', bodies: 5 });
    const { charges, loc, vel } = drawInitialState(simulation, new NumpyRandom(1000));
    expect([...charges]).toEqual([1, -1, 1, -1, 1]);
    expectClose(
      loc,
      [
        -1.3949549816712998, -0.5373787952847241, -0.42204881000377537, 0.4923952627535204, -0.6469099572960176,
        1.4544456123211775, 0.5736314484960657, -0.7484113116357021, -0.4122031042291871, -0.0740090579725957,
        -0.9289369254762843, 1.390061469885919, 1.1950693289293015, 0.7073423914460376, 0.992962106626186,
      ],
      1e-14,
    );
    expectClose(
      vel,
      [
        0.07372783069802895, -0.021720425191698388, -0.058614600132663, 0.11643335253108794, -0.21443885959540712,
        0.4923429817938836, -0.05979723634180642, -0.10597289722355595, -0.3673298358583169, -0.30796190123793216,
        -0.046503712312786556, 0.49593599753937406, -0.485112434086505, 0.3186095825719518, -0.33041707413712657,
      ],
      1e-14,
    );
  });

  it('has bodies outside the box reflected on both sides', () => {
    const simulation = defineSimulation({ kind: 'charged', protocol: 'clofnet', bodies: 20 });
    const { loc, vel } = drawInitialState(simulation, new NumpyRandom(670));
    expectClose([loc[2 * 20 + 16], loc[2 * 20 + 2]], [4.688141674156906, -4.214046867076378], 1e-14);
    expectClose([vel[2 * 20 + 16], vel[2 * 20 + 2]], [-0.002961011367364611, 0.3824449019634908], 1e-14);
  });

  it('joins bodies by a symmetric matrix of springs', () => {
    const simulation = defineSimulation({ kind: 'springs', protocol: 'clofnet', bodies: 3 });
    const { edges, loc, charges } = drawInitialState(simulation, new NumpyRandom(7));
    expect([...edges]).toEqual([0, 1, 1, 1, 0, 0, 1, 0, 0]);
    expect([...charges]).toEqual([1, 1, 1]);
    expectClose(loc.subarray(0, 3), [1.0128857620685174, -0.0006640252380790819, -0.23846584977262983], 1e-14);
  });
});

describe('the EGNN protocol', () => {
  const simulation = defineSimulation({ kind: 'charged', protocol: 'egnn', bodies: 3 });
  const { train } = drawInitialStates(simulation, { train: 2, valid: 0, test: 0 });

  it('goes on in one stream, past the noise of the trajectory before', () => {
    expectClose(
      train[0].loc,
      [
        -0.6429696171769983, -0.9648969206160802, 0.342513122253183, 0.7406174093495735, -0.3975800871863142,
        0.03474682866947336, -0.5653174432382521, 1.257896357913014, -0.532398586767522,
      ],
      1e-14,
    );
    expectClose(
      train[1].vel,
      [
        -0.08410812709468271, 0.17718804534988358, 0.3034225116739962, -0.4752745688668544, 0.31226817805655355,
        0.3225689398877804, -0.13053699531186708, -0.3479841685455362, -0.23212940018256445,
      ],
      1e-14,
    );
  });

  it('has no softening', () => {
    const { loc, vel } = integrate(simulation, train[0]);
    expectClose(
      loc.subarray(4 * 9, 5 * 9),
      [
        -0.5293456723935348, -1.1671614886524198, 0.17136070732397912, 0.656466943286833, -0.4852574722518846,
        0.00022229595203259936, -0.49314618799657445, 1.1772092819889113, -0.4504088108314516,
      ],
      1e-12,
    );
    expectClose(
      vel.subarray(4 * 9, 4 * 9 + 3),
      [0.02467107532547611, -0.3595822613019038, -0.18467489038773377],
      1e-12,
    );
  });
});

describe('the ClofNet protocol', () => {
  const simulation = defineSimulation({ kind: 'charged', protocol: 'clofnet', bodies: 5 });

  it('seeds valid, test and train trajectories from one stream, in this order', () => {
    // RandomState(43).randint(0, 1000000, size=7000)[[0, 1, 2000, 4000]]
    const drawn = drawInitialStates(simulation, { train: 1, valid: 2, test: 1 });
    const seeded = [276292, 150848, 482326, 87929].map((seed) => drawInitialState(simulation, new NumpyRandom(seed)));
    expect([...drawn.valid, ...drawn.test, ...drawn.train]).toEqual(seeded);
  });

  it.each([
    [{ train: -1, valid: 0, test: 0 }, 43, 'the number of train trajectories'],
    [{ train: 1, valid: 0.5, test: 0 }, 43, 'the number of valid trajectories'],
    [{ train: 1, valid: 0, test: 0 }, -1, 'the seed'],
  ])('refuses counts %j with seed %d', (counts, seed, message) => {
    expect(() => drawInitialStates(simulation, counts, seed)).toThrow(message);
  });
});

describe('a simulation', () => {
  const good = { kind: 'charged', protocol: 'clofnet', bodies: 5 } as const;

  it.each([
    [{ ...good, bodies: 0 }, 'the number of bodies must be a whole number of at least 1, not 0'],
    [{ ...good, steps: 1.5 }, 'the number of steps must be a whole number of at least 1, not 1.5'],
    [{ ...good, steps: 100 }, '100 steps stored every 100 give no snapshot; take more than 100 steps'],
  ])('refuses %j', (parts, message) => {
    expect(() => defineSimulation(parts)).toThrow(message);
  });

  it('runs with a single body, straight on', () => {
    const simulation = defineSimulation({ ...good, bodies: 1, steps: 1001 });
    const state = drawInitialState(simulation, new NumpyRandom(5));
    const { loc } = integrate(simulation, state);
    expectClose(
      loc.subarray(27),
      state.loc.map((x, i) => x + state.vel[i]),
      1e-12,
    );
  });
});
