import { workerData } from 'node:worker_threads';
import type { WorkerSetup } from '../../training/gradient-protocol.js';
import { serveGradients } from '../../training/gradient-worker.node.js';
import { type NewtonTask, newtonSource } from './examples.js';

const { setup, task } = workerData as { setup: WorkerSetup; task: NewtonTask };
await serveGradients(setup, newtonSource(task));
