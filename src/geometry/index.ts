/**
 * Frames, scalarization and tensorization, vectors, rotations, alignment.
 *
 * @module geometry
 */

export { type Alignment, align, alignmentRmsd, applyAlignment, centroid, rmsd } from './alignment.js';
export { type Frame, type FrameForm, pairFrame } from './frame.js';
export { applyRotation, type Matrix3, randomRotation, reflection, rotationOf } from './rotation.js';
export { scalarize, tensorize, tensorizeAll } from './scalarize.js';
export { scalarizeTensor, tensorizeTensor } from './scalarize-tensor.js';
export { norm, unit } from './vector.js';
