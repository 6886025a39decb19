import { formatExtendedXyz, type SystemBatch } from 'clofnet';
import type { FrameForm } from 'clofnet/geometry';
import { predictionErrors, structuresOfSystems, systemMotion } from 'clofnet/newton';
import { type Motion, motionError } from 'clofnet/testing';
import type { WebRuntime } from 'clofnet/web';
import { pairFrameOf } from './bodies-frame.js';
import { type BodiesNetwork, networkFor } from './bodies-network.js';
import { type BodiesSystem, matrixOf, posed, simulateBodies } from './bodies-system.js';
import type {
  BodiesChoice,
  BodiesFile,
  BodiesMotion,
  BodiesPrediction,
  Pair,
  PairFrame,
  Pose,
  Question,
} from './bodies-types.js';

const motionOf = (pose: Pose): Motion<SystemBatch> => systemMotion(matrixOf(pose), pose.isMirrored ? -1 : 1);

/** What the part 'bodies' computes. */
export class BodiesEngine {
  readonly #runtime: () => Promise<WebRuntime>;
  #system: BodiesSystem | undefined;

  constructor(runtime: () => Promise<WebRuntime>) {
    this.#runtime = runtime;
  }

  /**
   * Simulates a system; this needs no runtime.
   * @throws UserError for a number of bodies or a seed that there is not
   */
  simulate(choice: BodiesChoice): BodiesMotion {
    return this.#systemOf(choice).motion;
  }

  /** What the network says of a system in a pose. */
  async predict(question: Question): Promise<BodiesPrediction> {
    const { choice, pose } = question;
    const { batch, targets, motion } = this.#systemOf(choice);
    const { predictor, noteOn, withFields, ...network } = await this.#network(question);
    const systems = withFields(batch);
    const { positions: before } = await predictor.predict(systems);
    let predicted = before;
    const keep = async (moved: SystemBatch): Promise<Float32Array> => {
      predicted = (await predictor.predict(moved)).positions;
      return predicted;
    };
    const equivarianceError = await motionError(keep, systems, before, motionOf(pose));
    const [followed, truth, straight] = [before, targets, motion.straight].map((vectors) => posed(pose, vectors));
    return {
      predicted,
      followed,
      truth,
      equivarianceError,
      errors: { network: predictionErrors(predicted, truth), straight: predictionErrors(straight, truth) },
      network: { ...network, note: noteOn(systems) },
    };
  }

  /** The local frame of a pair at the input snapshot. */
  async pairFrame({ choice, pose }: Question, pair: Pair, form: FrameForm): Promise<PairFrame> {
    const runtime = await this.#runtime();
    const moved = motionOf(pose).input(this.#systemOf(choice).batch);
    return pairFrameOf(runtime, moved, pair, form);
  }

  /** The system at the input snapshot in a pose, as a file that `clofnet newton predict` reads. */
  async file(question: Question): Promise<BodiesFile> {
    const { choice, pose } = question;
    const { kind, bodies, seed } = choice;
    const { weights, withFields } = await this.#network(question);
    const moved = motionOf(pose).input(withFields(this.#systemOf(choice).batch));
    const name = `${kind}${bodies}-seed${seed}.xyz`;
    const info = { system: kind, seed: String(seed), turn: pose.turn.join(','), mirrored: pose.isMirrored ? 'T' : 'F' };
    const fields = Object.entries(moved.fields ?? {}).map(([field, vector]) => ` --${field}=${vector.join(',')}`);
    return {
      name,
      text: formatExtendedXyz(structuresOfSystems(moved, info)),
      commands: [
        `clofnet newton simulate --system ${kind} --bodies ${bodies} --seed ${seed} --train 0 --valid 0 --test 1`,
        `clofnet newton predict ${name} --weights ${weights}${fields.join('')}`,
      ],
    };
  }

  async #network(question: Question): Promise<BodiesNetwork> {
    return networkFor(await this.#runtime(), question);
  }

  #systemOf(choice: BodiesChoice): BodiesSystem {
    const known = this.#system?.choice;
    const { kind, bodies, seed } = choice;
    if (this.#system && known?.kind === kind && known.bodies === bodies && known.seed === seed) return this.#system;
    this.#system = simulateBodies(choice);
    return this.#system;
  }
}
