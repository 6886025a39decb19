import { workerData } from 'node:worker_threads';
import { dataVariance } from '../../models/denoiser.js';
import type { WorkerSetup } from '../../training/gradient-protocol.js';
import { serveGradients } from '../../training/gradient-worker.js';
import { type DenoisingTask, denoisingSource } from './denoising.js';

const { setup, task } = workerData as { setup: WorkerSetup; task: DenoisingTask };
await serveGradients(setup, denoisingSource(task, dataVariance));
