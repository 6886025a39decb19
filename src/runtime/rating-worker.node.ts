import { parentPort, workerData } from 'node:worker_threads';
import { measure, prepare, type RatingTask } from './rating.node.js';

const { size, seconds }: RatingTask = workerData;
const chain = await prepare(size);
parentPort?.once('message', () => {
  void measure(chain, size, seconds).then((rate) => parentPort?.postMessage(rate));
});
parentPort?.postMessage(0);
