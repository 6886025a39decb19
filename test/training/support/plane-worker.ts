import { workerData } from 'node:worker_threads';
import type { WorkerSetup } from '../../../src/training/gradient-protocol.js';
import { serveGradients } from '../../../src/training/gradient-worker.node.js';
import { type PlaneTask, planeSource } from './plane.js';

const { setup, task } = workerData as { setup: WorkerSetup; task: PlaneTask };
await serveGradients(setup, planeSource(task));
