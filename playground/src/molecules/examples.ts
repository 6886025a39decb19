/** Molecules to begin with: what they are called, and their SMILES. */
export const EXAMPLES: Readonly<Record<string, string>> = {
  Ethanol: 'CCO',
  Aspirin: 'CC(=O)Oc1ccccc1C(=O)O',
  'L-Alanine': 'C[C@H](N)C(=O)O',
  '(S)-Ibuprofen': 'CC(C)Cc1ccc(cc1)[C@H](C)C(=O)O',
  Caffeine: 'CN1C=NC2=C1C(=O)N(C(=O)N2C)C',
  '(E)-Stilbene': 'c1ccccc1/C=C/c1ccccc1',
  '(Z)-Stilbene': 'c1ccccc1/C=C\\c1ccccc1',
  '2-Chlorobutane, either enantiomer': 'CCC(C)Cl',
  Cyclohexane: 'C1CCCCC1',
  'β-D-Glucose': 'C([C@@H]1[C@H]([C@@H]([C@H]([C@@H](O1)O)O)O)O)O',
  Testosterone: 'C[C@]12CC[C@H]3[C@H]([C@@H]1CC[C@@H]2O)CCC4=CC(=O)CC[C@]34C',
  'Phenylboronic acid (no force field)': 'OB(O)c1ccccc1',
};

export const FIRST = EXAMPLES.Aspirin;
