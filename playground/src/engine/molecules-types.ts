import type { StartName } from 'clofnet/conformers';

/** What is wrong with what was typed: the line that the command line prints, and where in the text. */
export interface Mistake {
  readonly error: string;
  readonly position?: number;
}

/** A SMILES that was read. */
export interface ReadMolecule {
  readonly smiles: string;
  readonly atomicNumbers: Uint8Array;
  /** Atoms from 0; types are 1, 2, 3 and 12, aromatic. */
  readonly bonds: { readonly begin: Int32Array; readonly end: Int32Array; readonly type: Uint8Array };
  /** The 2D drawing, an SVG. */
  readonly drawing: string;
  /** Centres and double bonds that the SMILES leaves open: `C4`, `C2=N3`. */
  readonly open: readonly string[];
  /** Centres and double bonds that have a stereo to check. */
  readonly stereoUnits: number;
}

/** What is asked for. */
export interface MoleculesRequest {
  readonly smiles: string;
  readonly count: number;
  readonly seed: number;
  readonly start: StartName;
  /** Whether each is relaxed by MMFF94s before the last checks. */
  readonly relax: boolean;
}

/** One conformer for the page. */
export interface ConformerView {
  /** Its number among those asked for, from 0. */
  readonly number: number;
  /** Ångström, [atoms · 3], aligned to the conformer that RMSDs are measured from. */
  readonly coordinates: Float32Array;
  /** By MMFF94s in kcal/mol, or why there is none. */
  readonly energy: number | string;
  /** To the conformer of lowest energy, or the first where there are no energies: Å, over heavy atoms. */
  readonly rmsd: number;
  /** What is wrong with its stereo, its bonds and its contacts; empty where all is right. */
  readonly findings: readonly string[];
  /** The SMILES of the isomer that it is, and how what was left open was set; absent where nothing was open. */
  readonly isomer?: { readonly smiles: string; readonly set: string };
  readonly attempts: number;
  readonly mirrored: boolean;
  readonly isRelaxed: boolean;
  /** Why relaxation left it as it was. */
  readonly notRelaxed?: string;
}

/** Where a conformer was on its trajectory from noise. */
export interface PathStep {
  /** The noise level, Å. */
  readonly sigma: number;
  readonly coordinates: Float32Array;
}

/** All conformers that there are. */
export interface ConformerSetView {
  readonly conformers: readonly ConformerView[];
  /** The place in `conformers` of the one that the others are aligned to. */
  readonly reference: number;
  /** The trajectory of the first one, aligned to it too; empty where there is none. */
  readonly path: readonly PathStep[];
  /** What a person should know: conformers that failed, elements that the network does not know. */
  readonly notes: readonly string[];
  /** Whether the work was stopped before its end. */
  readonly isStopped: boolean;
}

/** What is told while conformers are made. */
export type MoleculesNews =
  | { readonly kind: 'progress'; readonly text: string; readonly share?: number }
  | { readonly kind: 'conformers'; readonly set: ConformerSetView };

/** The files that a set can be had as; `path` is the trajectory of the first conformer, as XYZ. */
export type MoleculesFile = 'sdf' | 'xyz' | 'path';
