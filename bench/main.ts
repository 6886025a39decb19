/**
 * What is claimed about speed: `npm run bench` prints tables and writes bench/results.json.
 * Against PyTorch where Debian's python3-torch and the peer script are there; both in the same run, in turn.
 */
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { median } from '../src/common/statistics.js';
import { writeFileAtomic } from '../src/files/atomic.node.js';
import { rateMachine } from '../src/runtime/rating.node.js';
import { milliseconds, table } from './measure.js';
import { timeBatch, timeSimulation, timeSingleForward, timeWithin, trainingFlops } from './newton.js';
import { type PeerResult, timePyTorch } from './peer.js';

const threads = availableParallelism();
const cases = [
  { bodies: 5, batch: 1 },
  { bodies: 5, batch: 128 },
  { bodies: 20, batch: 128 },
] as const;

const ratio = (theirs: number | undefined, ours: number): string =>
  theirs === undefined ? '–' : `${(theirs / ours).toFixed(2)}×`;

/** The machine is faster in one minute than in the next: both take turns, and the medians of all turns count. */
const TURNS = 5;

const rating = await rateMachine(threads);
const peers: (PeerResult | string)[] = [];
const ours = cases.map(() => ({ train: [] as number[], forward: [] as number[] }));
for (let turn = 0; turn < TURNS; turn++) {
  if (typeof peers[0] !== 'string') peers.push(await timePyTorch([1, 2]));
  for (const [k, { bodies, batch }] of cases.entries()) {
    const { train, forward } = await timeBatch(bodies, batch, batch === 1 ? 1 : threads);
    ours[k].train.push(train.median);
    ours[k].forward.push((batch === 1 ? await timeSingleForward(bodies) : forward).median);
  }
}
const [peer] = peers;
const races = cases.map(({ bodies, batch }, k) => {
  const [train, forward] = [median(ours[k].train), median(ours[k].forward)];
  const theirs = peers.flatMap((turn) =>
    typeof turn === 'string' ? [] : (turn.cases.get(`${bodies}×${batch}`) ?? []),
  );
  const pytorch = theirs.length
    ? { train: median(theirs.map((turn) => turn.train)), forward: median(theirs.map((turn) => turn.forward)) }
    : null;
  const peakShare = trainingFlops(bodies, batch) / train / 1e6 / rating.large.allCores;
  return { bodies, batch, train, forward, pytorch, peakShare, turns: { ...ours[k], pytorch: theirs } };
});

const growth = [];
for (const bodies of [5, 10, 20, 50, 100, 200]) {
  const { train } = await timeBatch(bodies, 1, 1);
  growth.push({
    bodies,
    edges: bodies * (bodies - 1),
    forward: (await timeSingleForward(bodies)).median,
    train: train.median,
  });
}
/** Some twenty neighbours a body, at the density of the published systems. */
const CUTOFF = 4;
const within = [];
for (const bodies of [100, 300, 1000, 3000]) {
  const { edges, graph, forward } = await timeWithin(bodies, CUTOFF);
  within.push({ bodies, edges, graph: graph.median, forward: forward.median });
}
const pieces = [];
for (const edges of [800, 1600, 3200, 6400, 12800]) {
  pieces.push({ edges, train: (await timeBatch(20, 128, threads, edges)).train.median });
}
const simulation = [
  { bodies: 5, seconds: await timeSimulation(5, 1400, threads) },
  { bodies: 20, seconds: await timeSimulation(20, 280, threads) },
];
const memory = process.memoryUsage.rss() / 2 ** 20;

const result = {
  cpu: cpus()[0].model,
  threads,
  node: process.version,
  pytorch: typeof peer === 'string' ? peer : peer.version,
  rating,
  races,
  growth,
  within,
  pieces,
  simulation,
  residentMiB: Math.round(memory),
};
console.log(
  `${result.cpu}, ${threads} threads, Node ${result.node}; ${typeof peer === 'string' ? peer : `against ${peer.version}, best of 1 and 2 threads; medians of ${TURNS} turns`}`,
);
console.log(
  `matrix products: ${rating.large.oneCore.toFixed(0)} GFLOP/s on one core, ${rating.large.allCores.toFixed(0)} on all\n`,
);
console.log(
  table([
    ['bodies × batch', 'train ms', 'PyTorch', 'ratio', 'forward ms', 'PyTorch', 'ratio', 'of peak'],
    ...races.map(({ bodies, batch, train, forward, pytorch, peakShare }) => [
      `${bodies} × ${batch}`,
      milliseconds(train),
      milliseconds(pytorch?.train),
      ratio(pytorch?.train, train),
      milliseconds(forward),
      milliseconds(pytorch?.forward),
      ratio(pytorch?.forward, forward),
      `${(100 * peakShare).toFixed(0)} %`,
    ]),
  ]),
);
console.log('\none system, one thread:');
console.log(
  table([
    ['bodies', 'edges', 'forward ms', 'training step ms'],
    ...growth.map((row) => [String(row.bodies), String(row.edges), milliseconds(row.forward), milliseconds(row.train)]),
  ]),
);
console.log(`\none system, edges within a cutoff of ${CUTOFF}, one thread:`);
console.log(
  table([
    ['bodies', 'edges', 'finding them ms', 'forward ms'],
    ...within.map((row) => [String(row.bodies), String(row.edges), milliseconds(row.graph), milliseconds(row.forward)]),
  ]),
);
console.log('\ntraining step of 20 × 128 by the size of its pieces:');
console.log(
  table([
    ['edges in a piece', 'training step ms'],
    ...pieces.map(({ edges, train }) => [String(edges), milliseconds(train)]),
  ]),
);
console.log('\nsimulating a published set, 7,000 trajectories of 5,000 steps (from a part of it):');
console.log(
  table([['bodies', 'seconds'], ...simulation.map(({ bodies, seconds }) => [String(bodies), seconds.toFixed(1)])]),
);
console.log(`\nmemory at the end: ${result.residentMiB} MiB resident`);
await writeFileAtomic(fileURLToPath(new URL('results.json', import.meta.url)), `${JSON.stringify(result, null, 2)}\n`);
