import { workerData } from 'node:worker_threads';
import type { ExampleSource, WorkerSetup } from '../../training/gradient-protocol.js';
import { serveGradients } from '../../training/gradient-worker.node.js';
import { dataVariance } from '../networks/denoiser.js';
import { denoisingSource } from './denoising.js';
import type { ConformerTask } from './objective.js';
import { scoreMatchingSource } from './score-examples.js';

const sourceOf = (task: ConformerTask): ExampleSource =>
  task.kind === 'denoising' ? denoisingSource(task, dataVariance) : scoreMatchingSource(task);

const { setup, task } = workerData as { setup: WorkerSetup; task: ConformerTask };
await serveGradients(setup, sourceOf(task));
