import type { SystemBatch } from 'clofnet';
import { completeGraphs, graphFeeds, graphSizes } from 'clofnet/graphs';
import { fieldArrays, fieldsOf, systemInputs } from 'clofnet/newton';
import type { Executable } from 'clofnet/runtime';
import { compile } from 'clofnet/tensor';
import type { WebRuntime } from 'clofnet/web';
import type { TrainedNetwork } from './training-network.js';

type Network = Pick<TrainedNetwork, 'config' | 'model' | 'layout'>;

/** A network whose weights are inputs: compiled once, it predicts after every epoch. */
export class Preview {
  readonly #network: Network;
  readonly #program: Executable;

  private constructor(network: Network, program: Executable) {
    this.#network = network;
    this.#program = program;
  }

  static async open(runtime: WebRuntime, network: Network): Promise<Preview> {
    const { positions: predicted } = network.model.predict(systemInputs(network.config.model.fields));
    return new Preview(network, await runtime.open(compile({ predicted })));
  }

  /** Where these weights see the bodies of a system, [body, 3]. */
  async predict(weights: Float32Array, { sizes, positions, velocities, charges }: SystemBatch): Promise<Float32Array> {
    const { layout, config } = this.#network;
    const graph = completeGraphs(sizes);
    const fields = fieldArrays(fieldsOf(config), sizes.length);
    const inputs = { ...graphFeeds(graph), positions, velocities, charges, ...fields };
    const { predicted } = await this.#program.run({ ...layout.views(weights), ...inputs }, graphSizes(graph));
    return predicted.slice();
  }

  close(): Promise<void> {
    return this.#program.close();
  }
}
