import { z } from 'zod';

const count = z.number().int().positive();

/** The options that encoders share, in configuration files. */
export const sharedEncoderOptions = {
  hidden: count.max(4096).describe('Scalars and vectors of a node, and width of the hidden layers.').default(64),
  layers: count.max(64).describe('Message-passing layers.').default(3),
  cutoff: z.number().positive().describe('How far nodes see, in the unit of length.').default(5),
  basis: count.max(1024).describe('Functions of the distance that the network sees.').default(16),
  axes: count.max(4096).describe('Vectors of a node that are the axes of frames, or are seen on them.').default(32),
  parity: z
    .enum(['even', 'any'])
    .describe('even: what is learned is the same of mirror images, but for mirrored vectors; any: it may differ.')
    .default('even'),
};

/** How an encoder is made. */
export interface SharedEncoderOptions {
  /** Scalars and vectors of a node, and width of the hidden layers. */
  readonly hidden: number;
  readonly layers: number;
  /** How far nodes see, in the unit of length. */
  readonly cutoff: number;
  /** Functions of the distance that it sees. */
  readonly basis: number;
  /** Vectors of a node that are the axes of frames, or that are seen on them. */
  readonly axes: number;
  /**
   * `even`: a mirror image has the mirrored vectors and the same scalars, exactly; `any`: it may differ, as those of
   * chiral molecules do.
   */
  readonly parity: 'even' | 'any';
}
