import { UserError } from '../../common/errors.js';
import type { XyzArray, XyzFrame } from '../../files/extended-xyz.js';
import type { SystemBatch } from '../networks/system-batch.js';
import { type Fields, fieldArrays } from '../system/field-vectors.js';

/** Frames of extended XYZ, which must have velocities and charges, as a network takes them. */
export function systemsOfFrames(frames: readonly XyzFrame[], fields: Fields = {}): SystemBatch {
  const join = (list: (frame: XyzFrame) => Float64Array | undefined): Float32Array =>
    Float32Array.from(frames.flatMap((frame) => [...(list(frame) ?? [])]));
  return {
    sizes: frames.map(({ species }) => species.length),
    positions: join(({ positions }) => positions),
    velocities: join(({ arrays }) => arrays.get('velocities')?.data),
    charges: join(({ arrays }) => arrays.get('charges')?.data),
    fields: fieldArrays(fields, frames.length),
  };
}

/**
 * Systems as frames of extended XYZ, with velocities and charges, for {@link systemsOfFrames} to read back; their
 * external fields, of which files know nothing, are left out.
 *
 * @param info what to say in the comment lines
 */
export function framesOfSystems(batch: SystemBatch, info: Readonly<Record<string, string>> = {}): XyzFrame[] {
  let first = 0;
  return batch.sizes.map((size) => {
    const rows = (values: Float32Array, columns: number): XyzArray => ({
      columns,
      data: Float64Array.from(values.subarray(columns * first, columns * (first + size)), shortest),
    });
    const positions = rows(batch.positions, 3).data;
    const arrays = new Map([
      ['velocities', rows(batch.velocities, 3)],
      ['charges', rows(batch.charges, 1)],
    ]);
    first += size;
    return { species: new Array<string>(size).fill('X'), positions, arrays, info };
  });
}

/**
 * The frames with their bodies where they will be, and how far each has come as `displacement`. The velocities, which
 * belong to the old positions, are left out; other columns stay.
 *
 * @param predicted [bodies, 3], in the order of the frames
 * @param info what to add to the comment lines
 * @throws UserError where a prediction is not finite
 */
export function movedFrames(
  frames: readonly XyzFrame[],
  predicted: Float32Array,
  info: Readonly<Record<string, string>>,
): XyzFrame[] {
  let first = 0;
  return frames.map((frame, k) => {
    const moved = predicted.subarray(first, first + frame.positions.length);
    first += frame.positions.length;
    const bad = moved.findIndex((x) => !Number.isFinite(x));
    if (bad >= 0) {
      throw new UserError(
        `the network predicts ${moved[bad]} for body ${Math.floor(bad / 3) + 1} of system ${k + 1} (counted from 1); ` +
          'its numbers are too large for the network, or its weights are of no use',
        { code: 'diverged' },
      );
    }
    return moveFrame(frame, moved, info);
  });
}

function moveFrame(frame: XyzFrame, moved: Float32Array, info: Readonly<Record<string, string>>): XyzFrame {
  const arrays = new Map(frame.arrays);
  arrays.delete('velocities');
  const displacement: XyzArray = {
    columns: 3,
    data: Float64Array.from(moved, (x, k) => Number((x - Math.fround(frame.positions[k])).toPrecision(7))),
  };
  return {
    species: frame.species,
    positions: Float64Array.from(moved, shortest),
    arrays: arrays.set('displacement', displacement),
    info: { ...frame.info, ...info },
  };
}

/** The number of fewest digits that is this one in float32. */
function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}
