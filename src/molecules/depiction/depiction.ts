import { heavyAtoms, type Molecule } from '../molecule.js';
import type { OclMolecule } from '../open-chem-lib.js';
import { oclFromMolecule } from '../perception/perceive.js';

/** How {@link depict} draws. */
export interface DepictionOptions {
  /** The most that the drawing is wide and high, in pixels; small molecules take less. Default 320 and 240. */
  readonly width?: number;
  readonly height?: number;
  /** The id of the SVG element, for a page with several; by default `depiction`. */
  readonly id?: string;
}

/** A molecule drawn flat. */
export interface Depiction {
  /**
   * An SVG element. What a textbook draws in black has the colour of the text around it (`currentColor`), and the
   * colours of elements are mixed with that, so that it can be read on a light ground and on a dark one.
   */
  readonly svg: string;
  /** Where the heavy atoms of the molecule lie in it, y upward, [heavy atoms · 2]; about 1.5 from one to the next. */
  readonly positions: Float64Array;
}

/** Draws a molecule by OpenChemLib: wedges and double bonds say its stereo, as far as it is known. */
export function depict(molecule: Molecule, options: DepictionOptions = {}): Depiction {
  const { width = 320, height = 240, id = 'depiction' } = options;
  const drawing = flatMolecule(molecule);
  const drawn = drawing.toSVG(width, height, id, {
    autoCrop: true,
    autoCropMargin: 8,
    suppressChiralText: true,
    suppressCIPParity: true,
    suppressESR: true,
    noStereoProblem: true,
  });
  return { svg: readable(drawn), positions: positionsOf(drawing, heavyAtoms(molecule).length) };
}

/** The molecule with coordinates in the plane; hydrogens are left to the reader where that loses nothing. */
export function flatMolecule(molecule: Molecule): OclMolecule {
  const flat = oclFromMolecule(molecule);
  flat.removeExplicitHydrogens();
  flat.inventCoordinates();
  return flat;
}

/** Heavy atoms come first in our molecules, and hydrogens that are taken out do not move them. */
function positionsOf(drawing: OclMolecule, heavy: number): Float64Array {
  const scale = 1.5 / (drawing.getAverageBondLength(true) || 1);
  return Float64Array.from({ length: 2 * heavy }, (_, k) => {
    const atom = k >> 1;
    return scale * (k % 2 === 0 ? drawing.getAtomX(atom) : -drawing.getAtomY(atom));
  });
}

/** Lines and circles that only catch the mouse go, and colours suit any ground. */
const readable = (svg: string): string =>
  svg
    .replace(/^\s*<(line|circle)[^>]*class="event"[^>]*\/>\n/gm, '')
    .replaceAll('rgb(0,0,0)', 'currentColor')
    .replace(/rgb\(\d+,\d+,\d+\)/g, (colour) => `color-mix(in srgb, ${colour} 65%, currentColor)`);
