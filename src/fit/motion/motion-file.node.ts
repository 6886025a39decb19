import { stat } from 'node:fs/promises';
import { UserError } from '../../common/errors.js';
import { anotherFile, resumeOrStartOver } from '../../common/remedy.js';
import { AppendFile } from '../../files/append-file.node.js';
import { byteStream } from '../../files/byte-stream.node.js';
import { formatExtendedXyz, parseExtendedXyz, type XyzStructure } from '../../files/extended-xyz.js';
import { StructureCutter } from '../../files/extended-xyz-cutter.js';
import { textLines } from '../../files/text-lines.js';
import { type FrameAtoms, momentOfFrame, motionFrame, stateOfFrame } from './frames.js';
import type { MotionMoment, MotionSample, MotionState } from './motion.js';

/** How a {@link MotionFile} is opened. */
export interface MotionFileOptions extends FrameAtoms {
  /** What all frames of a simulation have in common, in words. */
  readonly settings: string;
  /** What it is made from, by name, as hashes of the content: `{ weights: '3f…', start: '08…' }`. */
  readonly origin?: Readonly<Record<string, string>>;
  /** Every so many steps there is a frame, and one at the end. Default 1. */
  readonly sampleEvery?: number;
  /** The last step that it is to reach. Default: where it ends. */
  readonly steps?: number;
  /** Goes on with a file of the same settings and origin, as if it had never ended. */
  readonly resume?: boolean;
  /** Replaces a file that is there. */
  readonly force?: boolean;
}

/** What an earlier run left. */
interface Written {
  readonly moments: MotionMoment[];
  /** Positions of the first frame. */
  readonly start?: Float64Array;
  /** That of the last whole frame. */
  readonly state?: MotionState;
  readonly bytes: number;
  /** Bytes before the last whole frame. */
  readonly bytesBefore: number;
}

/** A trajectory in extended XYZ that grows by whole frames, and can be gone on with after the last of them. */
export class MotionFile {
  readonly path: string;
  /** Of all frames. */
  readonly moments: readonly MotionMoment[];
  /** Where an earlier run ended. */
  readonly state: MotionState | undefined;
  /** Whether a file was there. */
  readonly wasThere: boolean;
  readonly #file: AppendFile;
  readonly #atoms: FrameAtoms;
  readonly #moments: MotionMoment[];
  #start: Float64Array | undefined;
  #end: Float64Array | undefined;

  private constructor(file: AppendFile, { moments, start, state }: Written, wasThere: boolean, atoms: FrameAtoms) {
    this.path = file.path;
    this.moments = this.#moments = moments;
    this.state = state;
    this.wasThere = wasThere;
    this.#file = file;
    this.#atoms = atoms;
    this.#start = start;
    this.#end = state?.positions;
  }

  /**
   * Opens a file. One that goes on loses its last frame with the first new one, where it stands there only as the end.
   * @throws UserError where a file is there already, is none to go on with, or is not there to go on with
   */
  static async open(path: string, options: MotionFileOptions): Promise<MotionFile> {
    const { settings, origin = {}, sampleEvery = 1, steps = 0, resume, force, ...atoms } = options;
    const wasThere = await isThere(path);
    if (wasThere && !resume && !force) {
      throw new UserError(`${path} is already there`, { code: 'conflict', file: path, remedy: resumeOrStartOver });
    }
    if (!wasThere && resume) {
      const remedy = { setting: 'resume', action: 'omit', purpose: 'to start one' } as const;
      throw new UserError(`there is no ${path} to continue`, { file: path, remedy });
    }
    const whole = resume ? await readWritten(path, options) : { moments: [], bytes: 0, bytesBefore: 0 };
    const written = withoutEnd(whole, { sampleEvery, steps });
    const file = await AppendFile.prepare(path, { keep: written.bytes });
    const info = { ...atoms.info, settings, ...originInfo(origin) };
    return new MotionFile(file, written, wasThere, { ...atoms, info });
  }

  /** Positions of the first frame and of the last; undefined where there is none. */
  get ends(): readonly [Float64Array, Float64Array] | undefined {
    return this.#start && this.#end && [this.#start, this.#end];
  }

  /** Adds a frame. */
  async append(sample: MotionSample): Promise<void> {
    await this.#file.append(formatExtendedXyz([motionFrame(sample, this.#atoms)]));
    const { step, time, potential, kinetic, total, heat, temperature } = sample;
    this.#moments.push({ step, time, potential, kinetic, total, heat, temperature });
    this.#start ??= sample.positions;
    this.#end = sample.positions;
  }

  /** Flushes what was written. */
  close(): Promise<void> {
    return this.#file.close();
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** What was written less the last frame, where further ones follow and it is not one of every so many. */
function withoutEnd(written: Written, { sampleEvery, steps }: { sampleEvery: number; steps: number }): Written {
  const { moments, bytesBefore, state } = written;
  if (!state || state.step >= steps || state.step % sampleEvery === 0) return written;
  return { ...written, moments: moments.slice(0, -1), bytes: bytesBefore };
}

const originInfo = (origin: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(origin).map(([name, hash]) => [`${name}_hash`, hash]));

/** The whole frames of a file; what follows the last of them is skipped. */
async function readWritten(path: string, options: MotionFileOptions): Promise<Written> {
  const { size } = await stat(path);
  const cutter = new StructureCutter(path);
  const moments: MotionMoment[] = [];
  let [start, last]: (XyzStructure | undefined)[] = [];
  let [bytes, bytesBefore, at] = [0, 0, 0];
  for await (const { text } of textLines(byteStream(path), path)) {
    at += Buffer.byteLength(text) + 1;
    // A last line without its end may be half a line.
    const block = at > size ? undefined : cutter.push(text);
    if (!block) continue;
    const frame = readFrame(block.lines.join('\n'), path, options);
    moments.push(frame.moment);
    last = frame.structure;
    start ??= last;
    [bytesBefore, bytes] = [bytes, at];
  }
  const ends = start && last && { start: start.positions, state: stateOfFrame(last, options.units) };
  return { moments, bytes, bytesBefore, ...ends };
}

function readFrame(
  text: string,
  path: string,
  { settings, origin = {}, species }: MotionFileOptions,
): { readonly structure: XyzStructure; readonly moment: MotionMoment } {
  const [structure] = parseExtendedXyz(text, path);
  const { settings: found = 'settings that it does not say' } = structure.info;
  if (found !== settings) {
    throw new UserError(`${path} was made with '${found}', this run has '${settings}'`, {
      code: 'conflict',
      file: path,
      remedy: ['give the same settings', anotherFile],
    });
  }
  if (structure.species.join() !== species.join()) {
    throw new UserError(`${path} is of other atoms`, { code: 'conflict', file: path, remedy: anotherFile });
  }
  for (const [name, hash] of Object.entries(origin)) {
    if (structure.info[`${name}_hash`] === hash) continue;
    throw new UserError(`the ${name} that ${path} was made from had another content`, {
      code: 'conflict',
      file: path,
      remedy: [`give the same ${name}`, anotherFile],
    });
  }
  return { structure, moment: momentOfFrame(structure) };
}
