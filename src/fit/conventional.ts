import type { InputKind, TargetKind } from './quantity.js';

/** A kind that goes by a name that everybody uses, and what files call it beside that name. */
export type Conventional<Kind> = Kind & { readonly alsoCalled?: readonly string[] };

const scalar = (unit: string, more: Partial<TargetKind> = {}): TargetKind => ({ of: 'graph', order: 0, unit, ...more });
const tensor = (symmetry: TargetKind['symmetry'], unit: string, extensive: boolean): TargetKind => ({
  of: 'graph',
  order: 2,
  symmetry,
  extensive,
  unit,
});

/** Targets by their conventional names; units are ASE's, where it has one. A configuration may change any part. */
export const conventionalTargets: Readonly<Record<string, Conventional<TargetKind>>> = {
  energy: scalar('eV', { extensive: true }),
  free_energy: scalar('eV', { extensive: true }),
  formation_energy: scalar('eV', { extensive: true }),
  atomization_energy: scalar('eV', { extensive: true }),
  forces: { of: 'node', order: 1, gradientOf: 'energy', unit: 'eV/Å' },
  stress: tensor('symmetric', 'eV/Å³', false),
  virial: tensor('symmetric', 'eV', true),
  dipole: { of: 'graph', order: 1, extensive: true, moment: true, unit: 'e·Å' },
  quadrupole: { ...tensor('traceless', 'e·Å²', true), moment: true },
  polarizability: tensor('symmetric', 'Å³', true),
  charge: scalar('e', { extensive: true }),
  magmom: scalar('μB', { extensive: true }),
  homo: scalar('eV'),
  lumo: scalar('eV'),
  gap: scalar('eV'),
  // ASE writes the charges of a calculator as a column named charge.
  charges: { of: 'node', order: 0, unit: 'e', alsoCalled: ['charge'] },
  magmoms: { of: 'node', order: 0, unit: 'μB' },
  velocities: { of: 'node', order: 1, unit: 'Å/fs', alsoCalled: ['vel', 'velo'] },
  displacements: { of: 'node', order: 1, unit: 'Å' },
  born_effective_charges: { of: 'node', order: 2, unit: 'e' },
};

/** Inputs by their conventional names. */
export const conventionalInputs: Readonly<Record<string, Conventional<InputKind>>> = {
  charges: { of: 'node', order: 0, unit: 'e', alsoCalled: ['charge', 'initial_charges'] },
  magmoms: { of: 'node', order: 0, unit: 'μB', alsoCalled: ['initial_magmoms'] },
  masses: { of: 'node', order: 0, unit: 'u' },
  velocities: { of: 'node', order: 1, unit: 'Å/fs', alsoCalled: ['vel', 'velo'] },
  spins: { of: 'node', order: 1, unit: 'μB' },
  electric_field: { of: 'graph', order: 1, unit: 'V/Å' },
  magnetic_field: { of: 'graph', order: 1, unit: 'T' },
};

/** What a conventional name is of: a whole geometry or atoms; undefined for any other name. */
export function conventionalOf(name: string): 'graph' | 'node' | undefined {
  const lists: readonly Readonly<Record<string, Conventional<Pick<TargetKind, 'of'>>>>[] = [
    conventionalTargets,
    conventionalInputs,
  ];
  const list = lists.find((one) => Object.hasOwn(one, name));
  if (list) return list[name].of;
  return lists.flatMap((one) => Object.values(one)).find(({ alsoCalled }) => alsoCalled?.includes(name))?.of;
}
